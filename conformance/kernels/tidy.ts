/**
 * What must be undone when this process ends, however it ends. (Only `kill -9` escapes: for that
 * there is the journal, and a guest switches itself off when nobody is left at the other side.)
 */
const cleanups = new Set<() => void>();

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function runAll(): void {
  for (const cleanup of [...cleanups].toReversed()) {
    cleanups.delete(cleanup);
    cleanup();
  }
}

function onSignal(signal: NodeJS.Signals): void {
  runAll();
  // Others may have plans for this signal; without any, die of it as if we had not been here.
  if (process.listenerCount(signal) > 1) return;
  process.removeListener(signal, onSignal);
  process.kill(process.pid, signal);
}

/**
 * Have `cleanup` called once when the process exits or is told to end by a signal. It must not wait.
 *
 * @returns takes it back, when it has been done already
 */
export function tidyAtExit(cleanup: () => void): () => void {
  if (cleanups.size === 0) {
    process.on('exit', runAll);
    for (const signal of signals) process.on(signal, onSignal);
  }
  cleanups.add(cleanup);
  return () => {
    cleanups.delete(cleanup);
    if (cleanups.size > 0) return;
    process.removeListener('exit', runAll);
    for (const signal of signals) process.removeListener(signal, onSignal);
  };
}
