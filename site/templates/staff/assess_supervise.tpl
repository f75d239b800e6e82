{{<staff/head}}
<h1>How we do</h1>
<h2>What waits</h2>
{{#EMPTY}}<p>Nothing waits.</p>{{/EMPTY}}
{{^EMPTY}}<table><thead><tr><th scope="col">Kind</th><th scope="col">Waiting</th><th scope="col">Overdue</th></tr></thead><tbody>
{{#KINDS}}<tr><th scope="row">{{kind}}</th><td>{{waiting}}</td><td>{{#LATE}}<strong class="late">{{overdue}}</strong>{{/LATE}}{{^LATE}}{{overdue}}{{/LATE}}</td></tr>
{{/KINDS}}</tbody></table>{{/EMPTY}}
<h2>Time it takes</h2>
<dl>
<dt>Until somebody opens a report</dt><dd>{{#ACKNOWLEDGED}}{{#TIMES}}Half within {{median}}, nine of ten within {{p90}}. {{/TIMES}}Reports: {{count}}.{{/ACKNOWLEDGED}}</dd>
<dt>Until it is decided</dt><dd>{{#DECIDED}}{{#TIMES}}Half within {{median}}, nine of ten within {{p90}}. {{/TIMES}}Reports: {{count}}.{{/DECIDED}}</dd>
</dl>
<h2>Agreement between assessors</h2>
<dl>
<dt>Reports that two people assessed</dt><dd>{{double_assessed}}</dd>
<dt>Same finding</dt><dd>{{#AGREEMENT}}{{agreement}}{{/AGREEMENT}}{{^AGREEMENT}}Nothing to measure yet{{/AGREEMENT}}</dd>
<dt>Cohen’s kappa (1: full agreement, 0: as by chance)</dt><dd>{{#KAPPA}}{{kappa}}{{/KAPPA}}{{^KAPPA}}Nothing to measure yet{{/KAPPA}}</dd>
</dl>
<h2>Suggestions</h2>
<p>Of {{suggested}} signs that texts suggested, {{confirmed}} were answered “yes”{{#CONFIRMED_SHARE}} ({{confirmed_share}}){{/CONFIRMED_SHARE}}. The newest 500 signed assessments of each team.</p>
{{<staff/foot}}
