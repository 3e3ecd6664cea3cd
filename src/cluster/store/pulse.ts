import type { Disposable } from '../../platform/disposables.ts';
import type { Session } from '../model.ts';
import { onWake } from '../transport/wake.ts';

/** A reflector, as the others of its session see it. */
export interface PulseMember {
  /** Another one finds nobody at the other end: whoever has not heard from it for a while looks as well. */
  doubt(): void;
  /** Another one came through after a failure: to wait on for the next attempt is of no use. */
  hope(): void;
  /** The machine slept: what was open may be dead, what is waited for may be over. */
  wake(): void;
}

/**
 * What the reflectors of one session learn of its connection, told to each other: it is one network and one server,
 * so they fall silent together and come back together, and none has to ask on behalf of all.
 */
export class Pulse {
  readonly #members = new Set<PulseMember>();
  #wake: Disposable | null = null;

  join(member: PulseMember): Disposable {
    this.#members.add(member);
    this.#wake ??= onWake(() => this.#tell((one) => one.wake()));
    return {
      dispose: () => {
        this.#members.delete(member);
        if (this.#members.size > 0) return;
        this.#wake?.dispose();
        this.#wake = null;
      },
    };
  }

  lost(member: PulseMember): void {
    this.#tell((one) => one === member || one.doubt());
  }

  found(member: PulseMember): void {
    this.#tell((one) => one === member || one.hope());
  }

  #tell(what: (member: PulseMember) => unknown): void {
    for (const member of [...this.#members]) what(member);
  }
}

const pulses = new WeakMap<Session, Pulse>();

export function pulseOf(session: Session): Pulse {
  const known = pulses.get(session);
  if (known !== undefined) return known;
  const pulse = new Pulse();
  pulses.set(session, pulse);
  return pulse;
}
