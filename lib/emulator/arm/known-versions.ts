/** Which api-versions a collection below Microsoft.Authorization has; one that is not named takes any. Source: azure-rest-api-specs. */
export function knownVersions(collection: string): string[] | null {
  return FAMILIES.find(({ names }) => names.test(collection))?.versions ?? null;
}

const PIM = '2020-10-01 2020-10-01-preview 2022-04-01-preview 2024-02-01-preview 2024-09-01-preview';
const FAMILIES = [
  family(/^role(eligibility|assignment)schedule(s|instances|requests)$/i, PIM),
  family(/^rolemanagementpolic(ies|yassignments)$/i, PIM),
  family(/^eligiblechildresources$/i, PIM),
  family(/^roleassignmentapprovals$/i, '2021-01-01-preview'),
  family(
    /^accessreviewscheduledefinitions$/i,
    '2018-05-01-preview 2021-03-01-preview 2021-07-01-preview 2021-11-16-preview 2021-12-01-preview',
  ),
  family(
    /^roleassignments$/i,
    `2015-07-01 2017-10-01-preview 2018-01-01-preview 2018-07-01 2018-09-01-preview 2018-12-01-preview
     2019-04-01-preview 2020-03-01-preview 2020-04-01-preview 2020-08-01-preview 2020-10-01-preview
     2021-04-01-preview 2022-01-01-preview 2022-04-01`,
  ),
  family(
    /^(roledefinitions|permissions|provideroperations)$/i,
    '2015-07-01 2018-01-01-preview 2018-07-01 2022-04-01 2022-05-01-preview',
  ),
  family(/^denyassignments$/i, '2018-07-01-preview 2019-03-01-preview 2022-04-01 2024-07-01-preview'),
  family(/^locks$/i, '2015-01-01 2015-06-01 2016-09-01 2017-04-01 2020-05-01'),
  family(
    /^(classicadministrators|elevateaccess)$/i,
    '2014-07-01-preview 2015-06-01 2015-07-01 2016-07-01 2017-05-01',
  ),
];

function family(names: RegExp, versions: string) {
  return { names, versions: versions.split(/\s+/) };
}
