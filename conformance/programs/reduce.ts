import { Call, Dictionary, Expression, isProperties, Name, partsOf, Path, placesOf, Program, replaced } from './expression';

/** Leaves out of a program what it fails without, until nothing more can go or the time is over. */
export async function reduced(program: Program, seconds: number, fails: (smaller: Program) => Promise<boolean>): Promise<Program> {
  const end = Date.now() + seconds * 1000;
  let best = program;
  for (let shrunk = true; shrunk && Date.now() < end;) {
    shrunk = false;
    for (const candidate of smaller(best)) {
      if (Date.now() > end) { break; }
      const next = candidate(best);
      if (next && await fails(next)) {
        best = next;
        shrunk = true;
      }
    }
  }
  return best;
}

type Step = (program: Program) => Program | undefined;

// Each names what it takes away by what is there now, since what was there before may be gone.
function smaller(program: Program): Step[] {
  const statements = [...program].reverse().map((statement): Step => (now) => {
    const used = now.some(({ value }) => statement.variable !== undefined && mentions(value, statement.variable));
    return used || !now.includes(statement) ? undefined : now.filter((other) => other !== statement);
  });
  const parts = placesOf(program).flatMap(({ path, value }) => partsOf(value).map(([key]): Step => (now) => without(now, path, value, key)));
  return [...statements, ...parts];
}

function without(program: Program, path: Path, value: Expression, key: string | number): Program | undefined {
  const place = placesOf(program).find((other) => other.value === value) ?? placesOf(program).find((other) => String(other.path) === String(path));
  if (!place) { return undefined; }
  const now = place.value;
  if (Array.isArray(now)) { return replaced(program, place.path, now.filter((_, i) => i !== key)); }
  if (now instanceof Dictionary) { return replaced(program, place.path, new Dictionary(now.entries.filter((_, i) => i !== key))); }
  if (now instanceof Call) {
    const last = now.args.length - 1;
    return key === last && key > 0 ? replaced(program, place.path, new Call(now.callee, now.args.slice(0, -1), now.makes)) : undefined;
  }
  if (!isProperties(now) || !(key in now)) { return undefined; }
  return replaced(program, place.path, Object.fromEntries(Object.entries(now).filter(([name]) => name !== key)));
}

function mentions(value: Expression, variable: string): boolean {
  if (value instanceof Name) { return value.path === variable; }
  return (value instanceof Call && value.callee.startsWith(`${variable}.`)) || partsOf(value).some(([, part]) => mentions(part, variable));
}
