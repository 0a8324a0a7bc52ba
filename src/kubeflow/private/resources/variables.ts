import { IConstruct } from 'constructs';
import { checkMap } from '../../../private/props';
import { checkText, LONGEST_ARGUMENT } from '../../../private/text';
import { checkVariable } from '../../../serving/private/variables';

/** What to do in place of a secret that stands in the program. */
export const REFERENCE = 'refer to a Secret, by a JSON patch of its apiObject, or give the profile an identity';

/** The environment of a container, in the words of its manifest. Throws when a name is none, or a value is a secret. */
export function variablesOf(where: IConstruct, env: { readonly [name: string]: string } | undefined): any[] {
  return Object.entries(checkMap(where, 'env', env, 'strings', '{ EPOCHS: "10" }')).map(([name, value]) => {
    checkVariable(where, 'env', name, value, REFERENCE);
    checkText(where, `env.${name}`, value, LONGEST_ARGUMENT - name.length - 1);
    return { name, value };
  });
}
