// A gate lets a bounded number through at once. It does not queue: whoever is turned away is told so at once.

export interface Gate {
  /** Takes a place, or says no. Each place taken is given back by one `leave`. */
  tryEnter(): boolean;
  leave(): void;
  readonly inside: number;
  readonly max: number;
}

export function createGate(max: number): Gate {
  let inside = 0;
  return {
    max,
    get inside() {
      return inside;
    },
    tryEnter() {
      if (inside >= max) return false;
      inside += 1;
      return true;
    },
    leave() {
      if (inside === 0) throw new Error("a gate was left more often than entered");
      inside -= 1;
    },
  };
}
