import { contract, documents, standings, type ContractLine, type Source } from '../../spec/index.ts';
import type { Story } from './story.ts';

/** The columns of a mail. */
const columns = 72;

/** A text in lines of at most 72 columns; a longer word stands alone. */
function wrapped(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    const longer = line === indent ? line + word : `${line} ${word}`;
    if (longer.length > columns && line !== indent) {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line].join('\n');
}

/** The line of the contract that a finding breaks. */
export function lineOf({ line }: Story): ContractLine {
  const found = contract.find(({ number }) => number === line);
  if (found === undefined) throw new Error(`the contract has no line ${line}`);
  return found;
}

/** What is said of the case, or of the line that it breaks. */
const sourceOf = (story: Story): Source => story.source ?? lineOf(story).source;

/** What a violation of the line is called: a bug report, a question to the author, a surprise. */
export function whatItIs(story: Story): string {
  return story.of === 'program'
    ? 'a trap for user programs'
    : (story.is ?? standings[sourceOf(story).standing].violated);
}

/** What is promised, with its source. */
export function promise(story: Story): string {
  const { says } = lineOf(story);
  const source = sourceOf(story);
  switch (source.standing) {
    case 'P':
      return `${documents[source.document]} says: "${source.sentence.replaceAll('``', '')}".`;
    case 'C':
      return `The comment in ${source.comment.name}() (${source.comment.path}) says that ${source.says}.`;
    case 'B':
      return `Nothing documents it; what user space sees elsewhere is: ${says}`;
  }
}

/** Where it was seen. */
export function seenOn({ kernels }: Story): string {
  const seen = Object.entries(kernels).map(([name, what]) => `${name}: ${what}`);
  return `Linux ${seen.join('; ')} (x86-64).`;
}

/** How somebody else shows it. */
export function howShown({ id, shownBy }: Story): string {
  switch (shownBy.kind) {
    case 'program':
      return `Reproducer: ${id}.c (exits 0 when it is shown; with the argument "control" it exits 1).`;
    case 'sequence':
      return 'Reproducer: the operations below.';
    case 'schedule':
      return 'Reproducer: three processors of a guest that a debugger stops and lets go one at a time.';
  }
}

/** A finding as a plain text for the list: 72 columns. */
export function letter(story: Story): string {
  const { title, says, cause, live, control } = story;
  const paragraphs = [
    says,
    promise(story),
    `Cause: ${cause}`,
    `Seen on ${seenOn(story)} Control: ${control}.`,
    howShown(story),
    `What user space can do: ${live}`,
  ];
  return [`Subject: userfaultfd: ${title}`, '', ...paragraphs.flatMap((text) => [wrapped(text), ''])]
    .join('\n')
    .trimEnd();
}
