/** Words of a name that say that its value is a secret. */
const SECRET_WORD = /SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|BEARER|API_?KEY/;
/** Ends of a name that say so. */
const SECRET_END = /(^|_)(TOKEN|PWD|SAS|SAS_KEY|(ACCESS|ACCOUNT|AUTH|ENCRYPTION|MASTER|PRIVATE|SHARED|SIGNING|STORAGE|SUBSCRIPTION|AZURE(_[A-Z0-9]+)*)_?KEY(_ID)?|CONNECTION_?STRING)$/;
/** Ends of a name that say that its value is where the secret is, or something about it. */
const ABOUT_SECRET = /_(FILE|PATH|DIR|FOLDER|NAME|NAMES|URL|URI|TTL|TIMEOUT|EXPIRY|LENGTH|SIZE|COUNT|LIMIT|VERSION|TYPE|MODE|PROVIDER|STORE|POLICY|HEADER|PREFIX|ENABLED|REQUIRED)$/;

/**
 * Values that are secrets, whatever their name: private keys, the tokens of well-known services, addresses with a password.
 *
 * Each part is of bounded length, so that a file of a megabyte is read through once.
 */
const SECRET_VALUE = new RegExp([
  '-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----',
  '\\bhf_[A-Za-z0-9]{30,}',
  '\\bsk-[A-Za-z0-9_-]{20,}',
  '\\b(?:ghp|gho|ghs|ghu)_[A-Za-z0-9]{36}',
  '\\bgithub_pat_[A-Za-z0-9_]{30,}',
  '\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b',
  '\\bAIza[A-Za-z0-9_-]{35}',
  '\\bnvapi-[A-Za-z0-9_-]{30,}',
  '\\bxox[abprs]-[A-Za-z0-9-]{10,}',
  '(?:AccountKey|SharedAccessKey|SharedAccessSignature)=[A-Za-z0-9+/=%]{20,}',
  '[?&]sig=[A-Za-z0-9+/=%]{20,}',
  '[a-z][a-z0-9+.-]{1,20}://[^\\s/:@]{1,200}:[^\\s/:@$][^\\s/@]{0,200}@',
].join('|'));

/** Whether a variable or file with this name and text is a secret, which must not stand in a manifest. */
export function looksSecret(name: string, value: string): boolean {
  return isSecretName(name) && isLiteral(value) || isSecretValue(value);
}

/** Whether a text holds a secret, whatever it is called. */
export function isSecretValue(value: string): boolean {
  return SECRET_VALUE.test(value);
}

function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[-.]/g, '_').toUpperCase();
  return (SECRET_WORD.test(words) || SECRET_END.test(words)) && !ABOUT_SECRET.test(words);
}

/** A path is where a secret is, a switch is none, and `$(OTHER)` stands for another variable. */
function isLiteral(value: string): boolean {
  return value !== '' && !/^(?:\/|\$\(\w+\)$|true$|false$|0$|1$)/i.test(value);
}
