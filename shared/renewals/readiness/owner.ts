import type { ReadinessOwner } from '../../config/readiness.ts';
import type { AccountRow } from '../../features/account-row.ts';

type Owned = Pick<AccountRow, 'ownerEmail' | 'managerEmail' | 'aeEmail'>;

/** Whom an item is put before. */
export interface OwnerOfItem {
  readonly ownerEmail: string | null;
  /** Why it is not whom the item asks for, or nobody; null when it is. */
  readonly ownerReason: string | null;
}

/** Whoever the item asks for; else the manager, who has to name somebody; else nobody, and said so. */
export const itemOwner = (
  owner: ReadinessOwner,
  { ownerEmail, managerEmail, aeEmail }: Owned,
  supportEmail: string | null,
): OwnerOfItem => {
  const wanted = { csm: ownerEmail, manager: managerEmail, ae: aeEmail, support: supportEmail };
  if (wanted[owner] !== null) return { ownerEmail: wanted[owner], ownerReason: null };
  const called = { csm: 'owner', manager: 'manager', ae: 'AE', support: 'support' }[owner];
  const lacking =
    owner === 'support' ? 'risk.support_email is not set' : `no ${called} on the account`;
  if (managerEmail !== null) {
    return { ownerEmail: managerEmail, ownerReason: `${lacking}: its manager instead` };
  }
  const nobody = owner === 'manager' ? lacking : `${lacking}, and no manager either`;
  return { ownerEmail: null, ownerReason: nobody };
};
