import * as fc from 'fast-check';
import { calling, Choice, given, one, properties, whole } from './choice';
import { call, Expression } from '../expression';

/** Ports that no preset and no further port of the programs' own servers has. */
export const freePort: fc.Arbitrary<number> = fc.oneof(fc.constantFrom(80, 443, 1, 65535, 8080), fc.integer({ min: 1, max: 7999 }));

export const port = fc.oneof(fc.constantFrom(8080, 80, 1, 65535, 443, 5000, 1023, 1024), fc.integer({ min: 1, max: 65535 }));

export const seconds = (min: number, max: number): Choice => {
  const minutes = Math.floor(max / 60);
  return one(
    calling('Duration.seconds', whole(min, max)),
    ...(minutes > 0 ? [calling('Duration.minutes', whole(Math.max(1, Math.ceil(min / 60)), Math.min(minutes, 60)))] : []),
    ...(min <= 2 ? [calling('Duration.millis', 2000)] : []),
  );
};

/** Sizes in any unit, also such that are no whole number of mebibytes. */
export const size = (maxGib = 512): Choice => one(
  calling('Size.mebibytes', whole(1, 4096)),
  calling('Size.gibibytes', whole(1, maxGib)),
  calling('Size.kibibytes', whole(1, 5_000_000)),
  ...(maxGib >= 1024 ? [calling('Size.tebibytes', whole(1, Math.floor(maxGib / 1024)))] : []),
);

const millis = (min: number, max: number) => whole(min, max);

/** A request that is no more than the limit. */
export const cpuResources: Choice = fc.tuple(millis(1, 8000), millis(0, 8000), fc.constantFrom('both', 'request', 'limit', 'units')).map(([request, more, which]) => {
  if (which === 'units') { return { request: call('kplus.Cpu.units', 1 + request % 8), limit: call('kplus.Cpu.units', 9) }; }
  return given({
    request: which === 'limit' ? undefined : call('kplus.Cpu.millis', request),
    limit: which === 'request' ? undefined : call('kplus.Cpu.millis', request + more),
  });
});

const pair = (unit: string, most = 4096) => fc.tuple(whole(1, most), whole(0, most), fc.constantFrom('both', 'request', 'limit')).map(([request, more, which]): Expression => given({
  request: which === 'limit' ? undefined : call(unit, request),
  limit: which === 'request' ? undefined : call(unit, request + more),
}));

/** What a container beside the main one may ask for. */
export const containerResources: Choice = properties({}, {
  cpu: cpuResources, memory: fc.oneof(pair('Size.mebibytes'), pair('Size.kibibytes')), ephemeralStorage: fc.oneof(pair('Size.mebibytes'), pair('Size.gibibytes', 40), pair('Size.kibibytes')),
}, 0.6);
