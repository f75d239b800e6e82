{{<staff/head}}
<h1>Teams</h1>
<p>Only the members of a team can read what it receives.</p>
{{#NO_DEFAULT}}<div class="note"><p>No team receives the kind “{{kind}}”, to which everything else falls. The public site takes reports only when one does.</p></div>{{/NO_DEFAULT}}
{{#MANAGES}}<p class="buttons"><a class="button" href="/teams/new">Make a team</a></p>{{/MANAGES}}
{{#EMPTY}}<p>There is no team that you belong to.</p>{{/EMPTY}}
<ul class="rows">
{{#TEAMS}}<li><p class="first"><a href="/teams/{{id}}">{{agency}}: {{team}}</a></p>
<p class="about">Members: {{count}}{{#WAITING}} · <strong class="tag new">Waiting to be let in: {{waiting}}</strong>{{/WAITING}} · {{#NO_KINDS}}receives no reports{{/NO_KINDS}}{{^NO_KINDS}}receives: {{/NO_KINDS}}{{#KINDS}}<span class="item">{{kind}}</span> {{/KINDS}}</p></li>
{{/TEAMS}}</ul>
{{<staff/foot}}
