import { addDays, type Day } from '../basics/day.ts';
import { assert } from '../basics/problem.ts';
import type { MeasureId } from '../config/default-model.ts';
import type { Play } from '../config/plays.ts';
import type { RiskPolicy } from '../config/risk.ts';
import type { Severity } from '../config/risk-fields.ts';
import type { FlagId } from '../config/risk-flags.ts';
import type { AccountRow } from '../features/account-row.ts';

/** What is to be done about a flag, by whom and by when. */
export interface PlannedPlay {
  /** Id of the play in the config. */
  readonly play: string;
  readonly playName: string;
  /** Numbered, in one line. */
  readonly actions: string;
  readonly playOwnerEmail: string | null;
  /** Why it is not the one whom the play asks for; null when it is. */
  readonly playOwnerReason: string | null;
  readonly dueOn: Day;
}

export type Nullable<Fields> = { readonly [Name in keyof Fields]: Fields[Name] | null };

/** What is to be done about a flag that has cleared. */
export const noPlay: Nullable<PlannedPlay> = {
  play: null,
  playName: null,
  actions: null,
  playOwnerEmail: null,
  playOwnerReason: null,
  dueOn: null,
};

/** The play against a flag or against what drags a score down: no driver without an answer. */
export const playOf = (
  driver: { readonly flag: FlagId } | { readonly measure: MeasureId },
  policy: RiskPolicy,
): Play & { readonly id: string } => {
  const id =
    'flag' in driver ? policy.play_of_flag[driver.flag] : policy.play_of_measure[driver.measure];
  const play = policy.plays[id];
  assert(play !== undefined, `no play ${id}, though the config was checked`);
  const { name, actions, owner, due_days } = play;
  return { id, name, actions, owner, due_days };
};

interface Occasion {
  readonly account: AccountRow;
  readonly severity: Severity;
  /** The day it was due when it was last planned; null for a flag that has just been raised. */
  readonly dueBefore: Day | null;
}

/** Plans the play of one flag for account after account. */
export const plannerFor = (flag: FlagId, policy: RiskPolicy) => {
  const { id, name, actions, owner, due_days } = playOf({ flag }, policy);
  const inOneLine = actions.map((action, index) => `${index + 1}. ${action}`).join('; ');
  const ownerOf = ownerResolver(owner, policy.support_email ?? null);

  return ({ account, severity, dueBefore }: Occasion): PlannedPlay => {
    // A flag that gets worse is due sooner; one that gets better is not due later.
    const due = addDays(account.asOf, due_days[severity]);
    return {
      play: id,
      playName: name,
      actions: inOneLine,
      ...ownerOf(account),
      dueOn: dueBefore !== null && dueBefore < due ? dueBefore : due,
    };
  };
};

type Owned = Pick<AccountRow, 'ownerEmail' | 'managerEmail' | 'aeEmail'>;
type OwnerOfPlay = Pick<PlannedPlay, 'playOwnerEmail' | 'playOwnerReason'>;

/** Whoever the play asks for; else the manager, who has to name somebody; else nobody, and said so. */
function ownerResolver(owner: Play['owner'], supportEmail: string | null) {
  const called = { csm: 'owner', manager: 'manager', ae: 'AE', support: 'support' }[owner];
  const missing =
    owner === 'support' ? 'risk.support_email is not set' : `no ${called} on the account`;
  return ({ ownerEmail, managerEmail, aeEmail }: Owned): OwnerOfPlay => {
    const wanted = { csm: ownerEmail, manager: managerEmail, ae: aeEmail, support: supportEmail };
    if (wanted[owner] !== null) return { playOwnerEmail: wanted[owner], playOwnerReason: null };
    if (managerEmail !== null) {
      return { playOwnerEmail: managerEmail, playOwnerReason: `${missing}: its manager instead` };
    }
    const nobody = owner === 'manager' ? missing : `${missing}, and no manager either`;
    return { playOwnerEmail: null, playOwnerReason: nobody };
  };
}
