{{<staff/head}}
<h1>Staff</h1>
<p class="buttons"><a class="button" href="/staff/invite">Invite a colleague</a></p>
<ul class="rows">
{{#PEOPLE}}<li><p class="first"><a href="/staff/{{staff_id}}">{{person}}</a>{{#ENDED}} <strong class="tag">Access ended</strong>{{/ENDED}}</p>
<p class="about">{{email}} · {{roles}}</p></li>
{{/PEOPLE}}</ul>
{{#INVITED}}<h2>Invited, not here yet</h2>
<ul class="rows">
{{#INVITATIONS}}<li><p class="first">{{person}}</p>
<p class="about">{{email}} · {{roles}} · the link ends on <time datetime="{{iso}}">{{exact}}</time></p>
<form method="post" action="/staff/withdraw">
<input type="hidden" name="form_token" value="{{form_token}}">
<input type="hidden" name="invitation" value="{{invitation}}">
<div class="buttons"><button class="second">Withdraw the invitation of {{person}}</button></div>
</form></li>
{{/INVITATIONS}}</ul>
{{/INVITED}}<nav class="pages" aria-label="Pages of the list">{{#PREVIOUS_PAGE}}<a href="/staff?page={{number}}">Previous</a>{{/PREVIOUS_PAGE}} {{#NEXT_PAGE}}<a href="/staff?page={{number}}">Next</a>{{/NEXT_PAGE}}</nav>
{{<staff/foot}}
