import { checkSubdomain } from '../private/names';
import { checkProps } from '../private/props';

/** Options for a certificate that cert-manager issues. */
export interface IssuedTlsOptions {
  /**
   * The name of the Secret that holds the certificate.
   *
   * @default "<name of the workload>-tls"
   */
  readonly secretName?: string;
}

/** The certificate with which an entry to the cluster proves who it is. */
export class Tls {
  /** A certificate in a Secret of type kubernetes.io/tls, beside the workload. Throws when the name isn't valid. */
  public static secret(name: string): Tls {
    return new Tls(checkSubdomain('Tls.secret', 'name', name));
  }

  /**
   * A certificate that cert-manager gets from an issuer of the whole cluster. Throws when a name isn't valid.
   *
   * @see https://cert-manager.io/docs/usage/
   */
  public static clusterIssuer(name: string, options: IssuedTlsOptions = {}): Tls {
    return issued('Tls.clusterIssuer', 'cluster-issuer', name, options);
  }

  /** A certificate that cert-manager gets from an issuer of the workload's namespace. Throws when a name isn't valid. */
  public static issuer(name: string, options: IssuedTlsOptions = {}): Tls {
    return issued('Tls.issuer', 'issuer', name, options);
  }

  /** @internal */
  public static _issued(kind: string, issuer: string, secretName?: string): Tls {
    return new Tls(secretName, { [`cert-manager.io/${kind}`]: issuer });
  }

  private constructor(
    /**
     * The name of the Secret that holds the certificate.
     *
     * @default - named after the workload
     */
    public readonly secretName?: string,
    /** @internal annotations by which cert-manager issues the certificate; none where it is there already */
    public readonly _annotations?: { [key: string]: string },
  ) {}
}

function issued(where: string, kind: string, name: string, options: IssuedTlsOptions): Tls {
  checkProps(where, 'options', options, { secretName: true });
  checkSubdomain(where, 'name', name);
  if (options.secretName !== undefined) { checkSubdomain(where, 'secretName', options.secretName); }
  return Tls._issued(kind, name, options.secretName);
}
