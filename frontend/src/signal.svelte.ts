// A value that the page follows: read in a template, it is drawn anew when it is set. Plain modules hold their state in these.

export interface Signal<T> {
  get(): T;
  set(value: T): void;
}

export function signal<T>(initial: T): Signal<T> {
  let value = $state.raw(initial);
  return {
    get: () => value,
    set: (next) => {
      value = next;
    },
  };
}
