{{<staff/head}}
<h1>Reports</h1>
{{#HELD_BACK}}<div class="note"><p><a href="/quarantine">Held back while very many reports came in: {{count}}</a></p></div>{{/HELD_BACK}}
<form method="get" action="/" class="filter" role="search" aria-label="Reports">
<div><label for="state">State</label>
<select id="state" name="state"><option value="">All</option>{{#STATES}}<option value="{{state}}"{{#SELECTED}} selected{{/SELECTED}}>{{words}} ({{count}})</option>{{/STATES}}</select></div>
<div><label for="language">Language</label>
<select id="language" name="language"><option value="">All</option>{{#LANGUAGES}}<option value="{{code}}"{{#SELECTED}} selected{{/SELECTED}}>{{language}}</option>{{/LANGUAGES}}</select></div>
<div><label for="order">Order</label>
<select id="order" name="order">{{#CLOCKS}}<option value="clock"{{#BY_CLOCK}} selected{{/BY_CLOCK}}>What is due first</option>{{/CLOCKS}}<option value="newest"{{#NEWEST}} selected{{/NEWEST}}>All, newest first</option><option value="oldest"{{#OLDEST}} selected{{/OLDEST}}>All, oldest first</option></select></div>
<div class="choice"><input type="checkbox" id="unread" name="unread" value="yes"{{#UNREAD_ONLY}} checked{{/UNREAD_ONLY}}><label for="unread">Unread only</label></div>
<button class="second">Show</button>
{{#NARROWED}}<a href="/">Show all</a>{{/NARROWED}}
</form>
{{#NO_TEAM}}<div class="note"><p>You are in no team yet, so nothing can be read here. If you were invited to a team, one of its members has to let you in.</p></div>{{/NO_TEAM}}
{{#EMPTY}}<p>{{#NARROWED}}No report fits this choice.{{/NARROWED}}{{^NARROWED}}{{#LATER_PAGE}}There are no more reports.{{/LATER_PAGE}}{{^LATER_PAGE}}{{#BY_CLOCK}}Nothing waits for somebody. <a href="/?order=newest">All reports</a>{{/BY_CLOCK}}{{^BY_CLOCK}}There are no reports yet.{{/BY_CLOCK}}{{/LATER_PAGE}}{{/NARROWED}}</p>{{/EMPTY}}
{{#LIST}}<ol class="rows">
{{#ROWS}}<li>
{{<staff/row}}
</li>
{{/ROWS}}</ol>{{/LIST}}
<nav class="pages" aria-label="Pages of the list">{{#FIRST_PAGE}}<a href="{{href}}">Back to the beginning</a>{{/FIRST_PAGE}} {{#NEXT_PAGE}}<a href="{{href}}">Next reports</a>{{/NEXT_PAGE}}</nav>
{{<staff/foot}}
