import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isQualifiedName } from '../names.ts';
import { checkCsiDriver } from '../pods/csi-driver-name.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkUnique, goText, requireText } from '../values.ts';

const LONGEST_ID = 256;

export const csiNodeInvalid: Rule = {
  code: 'csi-node-invalid',
  title: 'CSINode that cannot be read',
  origin: 'server',
  severity: 'error',
  docs: `
A CSINode lists the storage drivers of a node, each once, by its name and by what it calls the node (\`nodeID\`, at most
256 characters). \`topologyKeys\` are keys of labels, none twice, and the count of volumes is not negative.

\`\`\`yaml
# bad
drivers:
  - name: csi.example.com
# good
drivers:
  - name: csi.example.com
    nodeID: node-1
\`\`\`
`,
  visit: {
    'storage/v1.CSINodeSpec': checkDrivers,
    'storage/v1beta1.CSINodeSpec': checkDrivers,
  },
};

function checkDrivers(spec: Field, visit: Visit): void {
  const names = new Map<string, Field>();
  for (const driver of spec.get('drivers').items()) {
    checkCsiDriver(driver, 'name', visit);
    checkUnique(driver.get('name'), names, visit);
    if (requireText(driver, 'nodeID', visit) && (driver.get('nodeID').text() ?? '').length > LONGEST_ID)
      visit.report(
        driver.get('nodeID'),
        message('nodeID has at most {0} characters; shorten it', LONGEST_ID),
      );
    const count = driver.get('allocatable').get('count');
    if ((count.number() ?? 0) < 0) visit.report(count, message('The count of volumes must not be negative'));
    checkTopologyKeys(driver, visit);
  }
}

/** The server names the driver, not the key. */
function checkTopologyKeys(driver: Field, visit: Visit): void {
  const seen = new Set<string>();
  for (const item of driver.get('topologyKeys').items()) {
    const key = goText(item);
    if (key === null) continue;
    if (!isQualifiedName(key))
      visit.report(item, message('"{0}" is no key of a label; write one such as kubernetes.io/os', key), {
        path: driver.path,
      });
    else if (seen.has(key))
      visit.report(item, message('{0} is written twice; use another one here', key), { path: driver.path });
    seen.add(key);
  }
}
