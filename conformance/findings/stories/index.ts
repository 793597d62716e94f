import type { Story } from '../story.ts';
import { checkerStories } from './checker.ts';
import { otherStories } from './others.ts';
import { shmemStories } from './shmem.ts';

export * from '../story.ts';

/** Every finding as it is told, those of the kernel first. */
export const stories: readonly Story[] = [...shmemStories, ...otherStories, ...checkerStories];
