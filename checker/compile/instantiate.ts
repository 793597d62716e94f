/**
 * Turns generated text into a program. A step is written once, as data; its compiled form is text, and this is the one
 * place where text becomes code.
 */
export function instantiate(source: string, env: object): unknown {
  // oxlint-disable-next-line typescript/no-implied-eval -- compiling a protocol to a function is what this file is for
  return (new Function('env', source) as (env: object) => unknown)(env);
}
