/**
 * Stands in for zod in the page: basics/day.ts has a field for configs beside its days, the page reads
 * no config, and zod would be 480 KB of it.
 */
export const z = { string: () => ({ refine: () => ({ transform: () => null }) }) };
