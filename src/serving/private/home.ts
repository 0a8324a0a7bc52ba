/**
 * What a process needs to run as a user id that the image's passwd doesn't know: a name, and a home that it may write to.
 *
 * Python's `getpass.getuser()`, which PyTorch calls, fails for such a user without these variables.
 */
export function homeEnvironment(software: string, cache: string): { [name: string]: string } {
  return { HOME: cache, USER: software, LOGNAME: software, XDG_CACHE_HOME: `${cache}/xdg` };
}
