const INTERVAL = 15_000;

/** Prints one line now, one every 15 seconds and one at the end, so that a long wait is never silent. */
export function progress(what: string, state: () => string = () => ''): { done(): void } {
  const start = Date.now();
  const line = (text: string) => console.log(`  ${what}: ${text}`);
  line('started');
  const timer = setInterval(() => line([`${seconds(start)} s`, state()].filter(Boolean).join(', ')), INTERVAL);
  return {
    done: () => {
      clearInterval(timer);
      line(`${seconds(start)} s in all`);
    },
  };
}

function seconds(start: number): number {
  return Math.round((Date.now() - start) / 1000);
}
