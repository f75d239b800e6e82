{{<staff/head}}
<h1>You read no reports</h1>
<p>Reports are sealed to the members of the team that receives them. Your roles do not open any, and this site cannot open them for you.</p>
{{#MANAGES}}<p>What you look after:</p>
<ul>
<li><a href="/teams">Teams</a>: who is in them, and which reports they receive</li>
<li><a href="/staff">Staff</a>: invite colleagues, change roles, end access</li>
</ul>{{/MANAGES}}
{{#ENTERS}}<p class="buttons"><a class="button" href="/hotline/new">Enter a call</a></p>{{/ENTERS}}
{{<staff/foot}}
