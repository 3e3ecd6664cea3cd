import { html, nothing, type TemplateResult } from 'lit';
import type { ConditionRow, ReplicaTexts } from '../protocol.ts';
import { age, moment } from './fill.ts';
import { healthIcon } from './icons.ts';

export function conditionTable(
  conditions: readonly ConditionRow[],
  now: number,
  texts: ReplicaTexts,
): TemplateResult {
  return html`
    <table class="inner conditions" aria-label=${texts.conditions}>
      <thead>
        <tr>
          <th scope="col">${texts.condition}</th>
          <th scope="col">${texts.status}</th>
          <th scope="col" class="age">${texts.age}</th>
          <th scope="col">${texts.reason}</th>
        </tr>
      </thead>
      <tbody>
        ${conditions.map(
          (condition) =>
            html`<tr>
              <td>${condition.type}</td>
              <td>
                <span class="state-word"
                  >${healthIcon(condition.health)}<span>${condition.status}</span></span
                >
              </td>
              <td class="age" title=${moment(condition.since)}>${age(condition.since, now)}</td>
              <td class="wrap">
                ${condition.reason}${
                  condition.message === '' ? nothing : html`<span class="quiet">: ${condition.message}</span>`
                }
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  `;
}
