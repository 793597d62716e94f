/** One entry of an initramfs. */
export type CpioEntry =
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'device'; readonly name: string; readonly major: number; readonly minor: number }
  | { readonly kind: 'program'; readonly name: string; readonly content: Uint8Array };

/** File type and permissions of an entry, as stat has them. */
function modeOf(entry: CpioEntry): number {
  switch (entry.kind) {
    case 'folder':
      return 0o040755;
    case 'device':
      return 0o020600;
    case 'program':
      return 0o100755;
  }
}

/** Zeros up to the next multiple of four. */
function padding(length: number): Buffer {
  return Buffer.alloc((4 - (length % 4)) % 4);
}

/** A header of thirteen eight-digit numbers, the name, the content; each padded to four bytes. */
function encode(
  name: string,
  inode: number,
  mode: number,
  device: readonly [number, number],
  content: Uint8Array,
): Buffer {
  const numbers = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, device[0], device[1], name.length + 1, 0];
  const digits = numbers.map((number) => number.toString(16).padStart(8, '0')).join('');
  const head = Buffer.from(`070701${digits}${name}\0`, 'latin1');
  return Buffer.concat([head, padding(head.length), content, padding(content.length)]);
}

/** A cpio archive in the `newc` form, the one that Linux unpacks as its first file system. */
export function cpio(entries: readonly CpioEntry[]): Buffer {
  const nothing = new Uint8Array();
  const parts = entries.map((entry, index) =>
    encode(
      entry.name,
      index + 1,
      modeOf(entry),
      entry.kind === 'device' ? [entry.major, entry.minor] : [0, 0],
      entry.kind === 'program' ? entry.content : nothing,
    ),
  );
  return Buffer.concat([...parts, encode('TRAILER!!!', 0, 0, [0, 0], nothing)]);
}
