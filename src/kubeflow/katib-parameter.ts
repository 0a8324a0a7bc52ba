import { invalid } from '../private/errors';

/** What values a parameter of an experiment may have. */
export class KatibParameter {
  /** A number in a range. Throws when the range is empty. */
  public static double(min: number, max: number): KatibParameter {
    return range('KatibParameter.double', 'double', min, max, Number.isFinite);
  }

  /** A whole number in a range. Throws when the range is empty. */
  public static int(min: number, max: number): KatibParameter {
    return range('KatibParameter.int', 'int', min, max, Number.isInteger);
  }

  /** One of some words. Throws when there is none. */
  public static categorical(...values: string[]): KatibParameter {
    return oneOf('KatibParameter.categorical', 'categorical', values);
  }

  /** One of some numbers. Throws when there is none. */
  public static discrete(...values: number[]): KatibParameter {
    return oneOf('KatibParameter.discrete', 'discrete', values.map(String));
  }

  /** @internal */
  public static _make(type: string, space: any): KatibParameter {
    return new KatibParameter(type, space);
  }

  private constructor(
    /** Its type: "double", "int", "categorical" or "discrete". */
    public readonly type: string,
    /** @internal */
    public readonly _space: any,
  ) {}
}

function range(where: string, type: string, min: number, max: number, isOne: (value: number) => boolean): KatibParameter {
  for (const [prop, value] of Object.entries({ min, max })) {
    if (typeof value !== 'number' || !isOne(value)) { throw invalid(where, prop, value, `be a ${type === 'int' ? 'whole ' : ''}number`); }
  }
  if (min >= max) { throw invalid(where, 'min', min, `be less than max, ${max}`); }
  return KatibParameter._make(type, { min: String(min), max: String(max) });
}

function oneOf(where: string, type: string, list: string[]): KatibParameter {
  if (list.length === 0) { throw invalid(where, 'values', list, 'have at least one value'); }
  return KatibParameter._make(type, { list });
}
