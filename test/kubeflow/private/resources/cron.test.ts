import { platform } from '../../support';

const scheduled = (cron: any) => platform('v1.9').addProfile('team-a', { owner: 'lead@example.com' })
  .addScheduledWorkflow('x', { cron, steps: [{ name: 's', image: 'me/a:1', command: ['a'] }] }).apiObject.toJson().spec.trigger.cronSchedule.cron;

test.each(['0 0 6 * * *', '*/30 * * * * *', '0 0,30 9-17 1-15/2 jan-MAR mon-fri', '0 5/10 ? ? 12 sun,6', '59 59 23 31 12 6'])('%s is a schedule', cron => {
  expect(scheduled(cron)).toBe(cron);
});

test.each([
  ['0 6 * * *', 'have six fields, the first of them seconds'], [5, 'got 5; must have six fields'],
  ['99 99 99 99 foo bar', 'have seconds from 0 to 59 as field 1, which is "99"'], ['0 60 * * * *', 'have minutes from 0 to 59 as field 2, which is "60"'],
  ['0 0 24 * * *', 'have hours from 0 to 23 as field 3, which is "24"'], ['0 0 0 0 * *', 'have days of the month from 1 to 31 as field 4, which is "0"'],
  ['0 0 0 1 foo *', 'have months from 1 to 12, or "jan" to "dec", as field 5, which is "foo"'], ['0 0 0 * * 7', 'have days of the week from 0 to 6, or "sun" to "sat", as field 6, which is "7"'],
  ['0 0 0 * * fri-mon', 'which is "fri-mon"'], ['0 */0 * * * *', 'which is "*/0"'], ['0 1, * * * *', 'which is "1,"'], ['0 *-5 * * * *', 'which is "*-5"'], ['x * * * * *', 'which is "x"'], ['-1 * * * * *', 'which is "-1"'],
])('%j is none', (cron, message) => {
  expect(() => scheduled(cron)).toThrow(message);
  expect(() => scheduled(cron)).toThrow(/^ml\/kubeflow\/team-a\/x\.cron: got .*; for example "0 0 6 \* \* \*", each day at six$/);
});
