import { invalid } from '../private/errors';
import { inQuotes } from '../private/text';

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

  /** One of some words. Throws when there is none, or one is no text. */
  public static categorical(...values: string[]): KatibParameter {
    const where = 'KatibParameter.categorical';
    values.forEach((value, i) => {
      if (typeof value !== 'string' || value === '') { throw invalid(where, `values[${i}]`, value, 'be a word', inQuotes(value)); }
    });
    return oneOf(where, 'categorical', values);
  }

  /** One of some numbers. Throws when there is none, or one is no number. */
  public static discrete(...values: number[]): KatibParameter {
    const where = 'KatibParameter.discrete';
    values.forEach((value, i) => {
      if (typeof value !== 'number' || !Number.isFinite(value)) { throw invalid(where, `values[${i}]`, value, 'be a number'); }
    });
    return oneOf(where, 'discrete', values.map(String));
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
  list.forEach((value, i) => {
    if (list.indexOf(value) < i) { throw invalid(where, `values[${i}]`, value, 'be in the list once', 'remove it'); }
  });
  return KatibParameter._make(type, { list });
}
