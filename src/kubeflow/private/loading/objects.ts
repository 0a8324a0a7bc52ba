import { manifestsIn } from './documents';
import { together } from './files';
import { invalid } from '../../../private/errors';
import { LoadedManifests, ManifestSource } from '../../manifest-source';
import { checkPlain, plain } from '../plain';

class Objects extends ManifestSource {
  constructor(private readonly given: readonly any[]) {
    super();
  }

  public load(): LoadedManifests {
    return { manifests: this.given.flatMap((manifest, i) => manifestsIn(plain('ManifestSource.objects', `manifests[${i}]`, manifest), `ManifestSource.objects, manifest ${i + 1}`)) };
  }
}

class All extends ManifestSource {
  constructor(private readonly sources: readonly ManifestSource[]) {
    super();
  }

  public load(): LoadedManifests {
    return together(this.sources.map(source => source.load()));
  }
}

export function objects(manifests: readonly any[]): ManifestSource {
  return new Objects(manifests.map((manifest, i) => checkPlain('ManifestSource.objects', `manifests[${i}]`, manifest)));
}

export function all(sources: readonly ManifestSource[]): ManifestSource {
  if (sources.length === 0) { throw invalid('ManifestSource.all', 'sources', [], 'name at least one source'); }
  sources.forEach((source, i) => {
    if (typeof source?.load !== 'function') {
      throw invalid('ManifestSource.all', `sources[${i}]`, source, 'be a ManifestSource', 'for example ManifestSource.files("kubeflow.yaml")');
    }
  });
  return new All(sources);
}
