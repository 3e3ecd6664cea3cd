import type { Socket } from 'node:net';

/** Resolves once a socket that is full has room again, or is closed. */
export function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    socket.on('drain', go).on('close', go);
  });
}
