import { SecretFile } from '../identity';
import { invalid } from '../private/errors';
import { checkDnsLabel, checkSubdomain } from '../private/names';
import { checkList, checkProps } from '../private/props';

/** A user who logs in with a password. */
export interface DexUser {
  /** The user's e-mail address, by which Kubeflow knows them. */
  readonly email: string;
  /** The key of a Secret in the namespace "auth" that holds the bcrypt hash of the password, such as `htpasswd -nBC 12` makes it. */
  readonly passwordHash: SecretFile;
  /**
   * The name that is shown.
   *
   * @default - the address up to its "@"
   */
  readonly username?: string;
}

/** Who the users are. */
export interface DexOptions {
  /**
   * Users with passwords, in place of the user of the examples.
   *
   * @default - nobody, when there are connectors; else as the manifests say
   */
  readonly users?: DexUser[];
  /**
   * Where else users log in.
   *
   * @default - nowhere
   */
  readonly connectors?: OidcConnector[];
}

/** A client of Microsoft Entra ID. */
export interface EntraConnectorOptions {
  /** The tenant, a UUID. */
  readonly tenantId: string;
  /** The client id of the app registration. */
  readonly clientId: string;
  /** The key of a Secret in the namespace "auth" that holds the client's secret. */
  readonly clientSecret: SecretFile;
  /** The DNS name under which Kubeflow is reached: the app registration's redirect URI is "https://<host>/dex/callback". */
  readonly host: string;
}

/** A client of Google. */
export interface GoogleConnectorOptions {
  /** The client id. */
  readonly clientId: string;
  /** The key of a Secret in the namespace "auth" that holds the client's secret. */
  readonly clientSecret: SecretFile;
  /** The DNS name under which Kubeflow is reached: the client's redirect URI is "https://<host>/dex/callback". */
  readonly host: string;
  /**
   * The domains whose users are let in, such as "example.com".
   *
   * @default - any
   */
  readonly hostedDomains?: string[];
}

/** A client of any OpenID Connect provider. */
export interface OidcConnectorOptions {
  /** The connector's id: lower case letters, digits and "-". */
  readonly id: string;
  /** The name that users see. */
  readonly name: string;
  /** The provider's issuer, such as "https://accounts.example.com". */
  readonly issuer: string;
  /** The client id. */
  readonly clientId: string;
  /** The key of a Secret in the namespace "auth" that holds the client's secret. */
  readonly clientSecret: SecretFile;
  /** The DNS name under which Kubeflow is reached: the client's redirect URI is "https://<host>/dex/callback". */
  readonly host: string;
  /**
   * What is asked for, besides "openid".
   *
   * @default ["profile", "email"]
   */
  readonly scopes?: string[];
}

/**
 * An OpenID Connect provider that dex sends users to.
 *
 * @see https://dexidp.io/docs/connectors/oidc/
 */
export class OidcConnector {
  /** Microsoft Entra ID. Throws when an id isn't a UUID or the host isn't a DNS name. */
  public static entra(options: EntraConnectorOptions): OidcConnector {
    checkProps('OidcConnector.entra', 'options', options, { tenantId: true, clientId: true, clientSecret: true, host: true });
    for (const prop of ['tenantId', 'clientId'] as const) {
      if (typeof options[prop] !== 'string' || !UUID.test(options[prop])) { throw invalid('OidcConnector.entra', prop, options[prop], 'be a UUID', 'copy it from the app registration'); }
    }
    const { tenantId, clientId, clientSecret, host } = options;
    return connector('OidcConnector.entra', {
      id: 'entra', name: 'Microsoft', issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`, clientId, clientSecret, host,
      // Entra doesn't say whether an address is verified, but only its administrators can set one
    }, { insecureSkipEmailVerified: true });
  }

  /** Google. Throws when the host isn't a DNS name. */
  public static google(options: GoogleConnectorOptions): OidcConnector {
    checkProps('OidcConnector.google', 'options', options, { clientId: true, clientSecret: true, host: true, hostedDomains: true });
    const { clientId, clientSecret, host, hostedDomains } = options;
    checkList('OidcConnector.google', 'hostedDomains', hostedDomains).forEach((domain, i) => checkSubdomain('OidcConnector.google', `hostedDomains[${i}]`, domain));
    return connector('OidcConnector.google', { id: 'google', name: 'Google', issuer: 'https://accounts.google.com', clientId, clientSecret, host },
      hostedDomains ? { hostedDomains } : {});
  }

  /** Any other. Throws when the id or the host isn't a DNS name, or the issuer isn't an https address. */
  public static of(options: OidcConnectorOptions): OidcConnector {
    checkProps('OidcConnector.of', 'options', options, { id: true, name: true, issuer: true, clientId: true, clientSecret: true, host: true, scopes: true });
    return connector('OidcConnector.of', options, {});
  }

  /** @internal */
  public static _make(id: string, config: any, secret: SecretFile): OidcConnector {
    return new OidcConnector(id, config, secret);
  }

  private constructor(
    /** The connector's id. */
    public readonly id: string,
    /** @internal */
    public readonly _config: any,
    /** @internal */
    public readonly _secret: SecretFile,
  ) {}
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function checkWord(where: string, prop: string, value: string): void {
  if (typeof value !== 'string' || value === '') { throw invalid(where, prop, value, 'be a text'); }
}

function connector(where: string, options: OidcConnectorOptions, more: any): OidcConnector {
  const { id, name, issuer, clientId, clientSecret, host, scopes = ['profile', 'email'] } = options;
  checkDnsLabel(where, 'id', id, 40);
  checkWord(where, 'name', name);
  checkList(where, 'scopes', scopes).forEach((each, i) => checkWord(where, `scopes[${i}]`, each));
  checkSubdomain(where, 'host', host);
  if (typeof issuer !== 'string' || !/^https:\/\/[^\s]+$/.test(issuer)) { throw invalid(where, 'issuer', issuer, 'be an address that starts with https://'); }
  checkWord(where, 'clientId', clientId);
  if (!(clientSecret instanceof SecretFile)) {
    throw invalid(where, 'clientSecret', clientSecret, 'be a SecretFile, so that no secret is in the manifests', 'for example SecretFile.existing("dex-entra", "secret")');
  }
  const config = { issuer, clientID: clientId, redirectURI: `https://${host}/dex/callback`, scopes, ...more };
  return OidcConnector._make(id, { type: 'oidc', id, name, config }, clientSecret);
}
