/** What a mail says, before it is laid out: the HTML and the plain text are both made of this. */
export interface MailContent {
  readonly subject: string;
  readonly company: string;
  /** What kind of mail it is, under the company. */
  readonly about: string;
  /** The day it speaks of. */
  readonly day: string;
  /** What a mailbox shows beside the subject. */
  readonly preheader: string;
  readonly conclusion: string;
  readonly lede: string;
  /** What has to be known before the rest is read, such as data that is old. */
  readonly warnings: readonly string[];
  readonly notes: readonly Words[];
  readonly sections: readonly Section[];
  readonly footer: readonly string[];
}

export interface Section {
  readonly title: string;
  readonly about: string | null;
  readonly blocks: readonly Block[];
}

export type Block = Card | Table | List | Tiles | Asks | Picture | Button;

/** Figures side by side, each with what it was and what it should be. */
export interface Tiles {
  readonly kind: 'tiles';
  readonly tiles: readonly Tile[];
}

/** One figure, with what it is called. */
export interface Tile {
  readonly label: string;
  readonly value: string;
  /** Against an earlier day. */
  readonly change: Strong | null;
  /** Its target, or what it covers. */
  readonly about: string;
}

/** Decisions that are asked of the reader, numbered. */
export interface Asks {
  readonly kind: 'asks';
  readonly asks: readonly { readonly what: string; readonly why: string; readonly who: Words }[];
}

/** A picture that is attached; what it shows is said in `alt` too, for most mailboxes block pictures. */
export interface Picture {
  readonly kind: 'picture';
  readonly cid: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
}

/** A link that looks like one to press. */
export interface Button {
  readonly kind: 'button';
  readonly label: string;
  readonly link: string;
}

/** One thing to act on: a name, a figure, what to do next, and a list to tick off. */
export interface Card {
  readonly kind: 'card';
  readonly title: string;
  readonly figure: string;
  readonly about: string;
  readonly badges: readonly Badge[];
  readonly says: readonly Words[];
  readonly next: Next | null;
  readonly checksTitle: string;
  readonly checks: readonly Check[];
}

/** What to do, and below it who does it by when. */
export interface Next {
  readonly what: string;
  readonly who: Words | null;
}

/** Lines of a list that stand alike: one that is to be acted on by itself, the others together. */
export interface Check {
  readonly status: string;
  readonly tone: Tone;
  readonly lines: readonly { readonly title: string; readonly detail: string }[];
  readonly aside: string;
}

/** The first column names the row; the others are figures. */
export interface Table {
  readonly kind: 'table';
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** How many more there are. */
  readonly more: string | null;
}

export interface TableRow {
  readonly title: string;
  readonly about: string;
  readonly cells: readonly Words[];
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Words[];
  readonly more: string | null;
}

/** Meaning that a colour underlines; the word beside it carries it. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad';

export interface Badge {
  readonly badge: string;
  readonly tone: Tone;
}

export interface Strong {
  readonly strong: string;
  readonly tone?: Tone;
}

/** Somebody who can be written to. */
export interface Contact {
  readonly name: string;
  readonly address: string;
}

export type Part = string | Badge | Strong | Contact;

/** A sentence, piece by piece. */
export type Words = readonly Part[];
