import { cdk } from 'projen';
import { ROOMS } from './rooms';

const PROVIDER_ROOTS = ['@cdktf/provider-azurerm', '@cdktf/provider-google'].map(name => ({
  name,
  message: 'the root of a provider takes seconds to load; import one resource: `@cdktf/provider-…/lib/<resource>`',
}));

/** The rules of design that a compiler can't hold. */
export function lintRules(project: cdk.JsiiProject): void {
  const eslint = project.eslint!;
  eslint.addRules({
    'import/no-cycle': ['error', { ignoreExternal: true }],
    'import/no-restricted-paths': ['error', { zones: zones() }],
    '@typescript-eslint/no-restricted-imports': ['error', { paths: PROVIDER_ROOTS }],
    // tables have several to a line
    '@stylistic/object-property-newline': 'off',
  });
  eslint.addOverride({
    files: ['src/**/*.ts'],
    excludedFiles: ['src/*/private/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', {
        paths: PROVIDER_ROOTS,
        patterns: [{
          group: ['cdktf', 'cdktf/*', '@cdktf/*'],
          allowTypeImports: true,
          message: 'cdktf is an optional peer: import its types only, and require() it in the private folder of a cloud',
        }],
      }],
    },
  });
  // what the first program doesn't need is loaded where it is used
  eslint.addOverride({ files: ['src/**/*.ts'], rules: { '@typescript-eslint/no-require-imports': ['error', { allow: ['^\\.'] }] } });
  // programs that import the library by its name, as users' do
  eslint.addOverride({ files: ['bench/**/*.ts'], rules: { 'import/no-extraneous-dependencies': 'off' } });
  eslint.addOverride({ files: ['src/*/private/**/*.ts', 'test/**/*.ts'], rules: { '@typescript-eslint/no-require-imports': 'off' } });
}

/** One zone per room: everything in src is closed to it but itself and what the table opens. */
function zones() {
  return Object.entries(ROOMS).map(([room, open]) => ({
    target: `./src/${room}`,
    from: './src',
    except: [room, ...open].map(name => `./${name}`),
    message: `src/${room} may import from ${open.length > 0 ? open.join(', ') : 'no other room'} (projenrc/rooms.ts).`,
  }));
}
