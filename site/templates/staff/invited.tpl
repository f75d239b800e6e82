{{<staff/head}}
<h1>Hand over this link</h1>
<p>It lets {{person}} join. It works once, for seven days, and is shown only now. Hand it over in a way that only they read.</p>
<p class="paper link"><code>{{link}}</code></p>
{{#TEAM}}<p>After they have joined, a member of the team has to let them in.</p>{{/TEAM}}
<p class="buttons"><a class="button second" href="/staff">All staff</a></p>
{{<staff/foot}}
