import * as path from 'path';
import { manifestsOf } from './documents';
import { checkPath, readText, together } from './files';
import { build, checkOptions, KUSTOMIZE_OPTIONS } from './kustomize';
import { parse } from './parse';
import { InvalidInputError, show } from '../../../private/errors';
import { checkList, checkProps } from '../../../private/props';
import { LoadedManifests, ManifestSource } from '../../manifest-source';
import { KfDefOptions } from '../../source-options';

/** Applications that do nothing for their user. */
const USELESS = ['spartakus'];

class KfDef extends ManifestSource {
  constructor(private readonly file: string, private readonly folder: string, private readonly options: KfDefOptions) {
    super();
  }

  public load(): LoadedManifests {
    const [definition] = parse(readText(this.file, 'ManifestSource.kfdef'), this.file).documents;
    const applications = definition?.kind === 'KfDef' ? definition.spec?.applications : undefined;
    if (!Array.isArray(applications)) { throw new InvalidInputError(`${this.file}: must be a KfDef with a list spec.applications`); }
    const excluded = this.options.exclude ?? USELESS;
    const unknown = (this.options.exclude ?? []).find(name => !applications.some(application => application?.name === name));
    if (unknown !== undefined) {
      throw new InvalidInputError(`${this.file}: has no application ${show(unknown)} to exclude; it has ${applications.map(a => a?.name).join(', ')}`);
    }
    const wanted = applications.filter(application => !excluded.includes(application?.name));
    return together(wanted.map(application => {
      const folder = path.join(this.folder, this.pathOf(application));
      return manifestsOf(build(folder, { loadRestrictionsNone: true, ...this.options }), folder);
    }));
  }

  private pathOf(application: any): string {
    const { name, kustomizeConfig } = application ?? {};
    const repository = kustomizeConfig?.repoRef?.path;
    if (typeof repository !== 'string') { throw new InvalidInputError(`${this.file}: application ${show(name)} has no kustomizeConfig.repoRef.path`); }
    for (const field of ['overlays', 'parameters']) {
      if ((kustomizeConfig[field] ?? []).length > 0) {
        throw new InvalidInputError(`${this.file}: application ${show(name)} has ${field}, which only kfctl can apply; write a kustomization that does, and use ManifestSource.kustomize`);
      }
    }
    return repository;
  }
}

export function kfdef(file: string, folder: string, options: KfDefOptions): ManifestSource {
  checkPath('ManifestSource.kfdef', 'path', file);
  checkPath('ManifestSource.kfdef', 'manifests', folder);
  checkProps('ManifestSource.kfdef', 'options', options, { ...KUSTOMIZE_OPTIONS, exclude: true });
  checkOptions('ManifestSource.kfdef', options);
  checkList('ManifestSource.kfdef', 'exclude', options.exclude);
  return new KfDef(file, folder, options);
}
