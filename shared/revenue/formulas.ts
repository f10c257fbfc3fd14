/** What each figure is, in a line; docs/revenue.md has the whole of it. */
export const formulas: Readonly<Record<string, string>> = {
  ARR: "sum of a year's value of the contract lines live on a day: start <= day < end",
  CARR: 'ARR, with what is signed and yet to begin, without what is known to end',
  new: 'no ARR on any earlier day, ARR at the closing',
  reactivation: 'ARR once, none at the opening, ARR at the closing',
  expansion: 'ARR at both ends, more at the closing',
  contraction: 'ARR at both ends, less at the closing; also when one of several contracts ends',
  churn: 'ARR at the opening, none at the closing',
  escalator: 'contractual uplift inside a term of several years',
  fx: 'change by exchange rates alone',
  transfer: 'a customer that moves from one value of a cut to another',
  'NRR, point_to_point': 'ARR at the closing of those with ARR at the opening / their opening ARR',
  'GRR, point_to_point': 'the same, with each customer counted up to its opening ARR',
  'NRR, monthly_compound': 'product over months of 1 + (expansion + contraction + churn) / opening',
  'GRR, monthly_compound': 'product over months of 1 + (contraction + churn) / opening',
  'NRR, waterfall': '1 + sum over months of (expansion + contraction + churn) / opening ARR',
  'GRR, waterfall': '1 + sum over months of (contraction + churn) / opening ARR',
  logo_churn: 'customers at the opening without ARR at the closing / customers at the opening',
  logo_churn_renewing:
    'those up for renewal with no later line beyond the window / customers up for renewal',
  revenue_churn_renewing:
    'opening ARR of all without ARR at the closing / opening ARR of those up for renewal',
};
