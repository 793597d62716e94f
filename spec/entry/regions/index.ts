/** The regions of the page-table entry, a file each. */
export * from './form.ts';
export * from './maps.ts';
export * from './uffd.ts';
export * from './access.ts';
export * from './write.ts';
export * from './exclusive.ts';
export * from './dirty.ts';
export * from './young.ts';
export * from './swap.ts';
export * from './migration.ts';
