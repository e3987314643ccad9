/** Milliseconds since the page began, by `performance.now()`: no setting of the computer's clock can turn it back. */
export const clock = (): number => performance.now();

/** Rings once, at the earliest of all times that it was set to since it rang last. By `clock`. */
export interface Alarm {
  set(time: number): void;
  clear(): void;
}

export const openAlarm = (ring: () => void): Alarm => {
  let at = Number.POSITIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = (): void => {
    if (at === Number.POSITIVE_INFINITY) return;
    clearTimeout(timer);
    at = Number.POSITIVE_INFINITY;
  };
  return {
    set(time) {
      if (time >= at) return;
      clearTimeout(timer);
      at = time;
      timer = setTimeout(() => {
        at = Number.POSITIVE_INFINITY;
        ring();
      }, time - clock());
    },
    clear,
  };
};
