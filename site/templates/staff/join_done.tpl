{{<staff/head}}
<p class="step">Step 3 of 3</p>
<h1>Your recovery codes</h1>
{{<staff/codes}}
{{#TEAM_MADE}}<div class="done"><p>The team {{team}} was made. You are its first member, and it receives every report.</p></div>{{/TEAM_MADE}}
{{#TEAM_FAILED}}<div class="note"><p>The team could not be made: {{text}} You can make it under Teams after you sign in.</p></div>{{/TEAM_FAILED}}
{{#WAITS}}<div class="note"><p>You wait at the door of your team. A member of the team has to let you in before you can read anything: tell them that you have joined.</p></div>{{/WAITS}}
<p>Each code of the app works once, so wait until it shows a new one before you sign in.</p>
<p class="buttons"><a class="button" href="/sign-in">I have kept them. Sign in</a></p>
{{<staff/foot}}
