import { changed } from './changed';
import { invalid } from '../../../private/errors';
import { ManifestPatch, PatchOptions } from '../../manifest-patch';
import { ManifestSelector } from '../../manifest-selector';
import { ImagePlace, imagePlacesIn } from '../images';

/** A patch that replaces the beginning of images. */
export function images(id: string, selector: ManifestSelector, from: string, to: string, options: PatchOptions): ManifestPatch {
  const prefix = new ImagePrefix(`ManifestPatch(${id})`, '', from, to);
  return changed(id, selector, options, manifest => {
    for (const place of imagePlacesIn(manifest)) { place.holder[place.key] = prefix.replaced(place); }
    return manifest;
  });
}

/** What ends a part of an image's name. */
const ENDS = /[/:@]$/;
/** What stands before an image in a text. */
const BEFORE = '(^|[\\s"\'`=,(\\[])';

/** How images begin, and how they are to begin. */
export class ImagePrefix {
  private readonly inText: RegExp;
  private readonly asHub?: RegExp;
  /** Whether it can be nothing but an image: its first part is a host. */
  private readonly namesHost: boolean;

  /** Throws when one of the two is none, or when they don't end alike. `prop` is what has "from" and "to". */
  constructor(where: any, prop: string, private readonly from: string, private readonly to: string) {
    for (const [name, value] of Object.entries({ from, to })) {
      if (typeof value !== 'string' || !/^[A-Za-z0-9][\w./:@-]*$/.test(value)) { throw invalid(where, `${prop}${name}`, value, 'be the beginning of an image', 'for example "gcr.io/"'); }
    }
    const end = ENDS.exec(from)?.[0];
    if (ENDS.exec(to)?.[0] !== end) {
      throw invalid(where, `${prop}to`, to, `end as "${from}" does, ${end ? `with "${end}"` : 'without "/", ":" and "@"'}`, end ? `write "${to.replace(ENDS, '')}${end}"` : 'write both with "/" at the end, or neither');
    }
    this.namesHost = /^[^/]*[.:]/.test(from);
    this.inText = new RegExp(`${BEFORE}(${escaped(from)}${end ? '' : '(?![\\w.-])'})([\\w./:@-]*)`, 'g');
    // Istio makes the names of its images from a "hub" and a tag
    if (end === '/') { this.asHub = new RegExp(`(\\bhub["']?\\s*:\\s*["']?)${escaped(from.slice(0, -1))}(?![\\w./-])`, 'g'); }
  }

  /** What is to stand in a place. */
  public replaced(place: ImagePlace): string {
    if (place.is === 'text') { return this.inWords(place); }
    const [, flag = '', image] = (place.is === 'argument' && /^(--?[\w-]+=)(.*)$/s.exec(place.text)) || ['', '', place.text];
    return this.begins(image, this.from) && !this.isDone(image) ? `${flag}${this.to}${image.slice(this.from.length)}` : place.text;
  }

  /** Whether a place says what it is to say, so that an override that changes nothing was done before. */
  public isDoneIn(place: ImagePlace): boolean {
    // where what is wanted is shorter than what is there, it was always so
    return !this.from.startsWith(this.to) && new RegExp(`${BEFORE}${escaped(this.to)}${ENDS.test(this.to) ? '' : '(?![\\w.-])'}`).test(place.text);
  }

  private inWords({ key, text }: ImagePlace): string {
    const replaced = text.replace(this.inText, (all, before: string, _from, rest: string, at: number) => {
      const isImage = this.namesHost || /[:@]\w/.test(this.from + rest) || /image["']?\s*[:=]\s*["']?$/i.test(`${key}: ${text.slice(0, at + before.length)}`.slice(-60));
      return isImage && !this.isDone(this.from + rest) ? `${before}${this.to}${rest}` : all;
    });
    return this.asHub ? replaced.replace(this.asHub, `$1${this.to.slice(0, -1)}`) : replaced;
  }

  private begins(image: string, prefix: string): boolean {
    return image.startsWith(prefix) && (ENDS.test(prefix) || image.length === prefix.length || ENDS.test(image[prefix.length]));
  }

  /** Whether an image begins with what was wanted, and with what that replaces: a mirror that is below what it mirrors. */
  private isDone(image: string): boolean {
    return this.to.startsWith(this.from) && (this.begins(image, this.to) || `${image}/` === this.to);
  }
}

function escaped(text: string): string {
  return text.replace(/[.+^${}()|[\]\\/]/g, '\\$&');
}
