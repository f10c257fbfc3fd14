import type { CharacterName } from './account-character.ts';
import type { AccountStory } from './account-story.ts';
import type { RandomStream } from './random-stream.ts';

type Reason = 'too little value' | 'champion left' | 'support' | 'budget' | 'competitor' | 'merged';

const reasons: Readonly<Partial<Record<CharacterName, Partial<Record<Reason, number>>>>> = {
  fading: { 'too little value': 55, competitor: 25, budget: 20 },
  'champion-left': { 'champion left': 70, competitor: 20, 'too little value': 10 },
  'support-trouble': { support: 75, competitor: 25 },
  stalled: { 'too little value': 80, budget: 20 },
  'budget-cut': { budget: 90, merged: 10 },
};

/** Why a customer left, in the words of those who asked. */
export const reasonToLeave = ({ life }: AccountStory, random: RandomStream): Reason =>
  random.weighted(reasons[life.character] ?? { 'too little value': 40, budget: 40, merged: 20 });
