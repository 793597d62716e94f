/** What is judged in every world, beside what it is about: that the model itself makes sense there. */
export const alwaysJudged = ['impossible', 'deadlock'] as const;

/** True for what a reader should see: such a property is worth a word only where it does not hold. */
export function worthTelling({ property, verdict }: { readonly property: string; readonly verdict: string }): boolean {
  return !(alwaysJudged as readonly string[]).includes(property) || verdict !== 'holds';
}
