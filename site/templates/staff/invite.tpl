{{<staff/head}}
<p class="back"><a href="/staff">All staff</a></p>
<h1>Invite a colleague</h1>
<form method="post" action="/staff/invite" class="narrow" accept-charset="utf-8">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="field{{#NAME_FAULT}} wrong{{/NAME_FAULT}}">
<label for="name">Name</label>
{{#NAME_FAULT}}<p class="error" id="name-error">{{fault}}</p>{{/NAME_FAULT}}
<input id="name" name="name" type="text" value="{{name}}" autocomplete="off" dir="auto"{{#NAME_FAULT}} aria-describedby="name-error" aria-invalid="true"{{/NAME_FAULT}}>
</div>
<div class="field{{#EMAIL_FAULT}} wrong{{/EMAIL_FAULT}}">
<label for="email">E-mail address</label>
{{#EMAIL_FAULT}}<p class="error" id="email-error">{{fault}}</p>{{/EMAIL_FAULT}}
<input id="email" name="email" type="email" value="{{email}}" autocomplete="off" spellcheck="false"{{#EMAIL_FAULT}} aria-describedby="email-error" aria-invalid="true"{{/EMAIL_FAULT}}>
</div>
{{<staff/roles}}
<div class="field">
<label for="team">Team</label>
<p class="hint" id="team-hint">They wait at its door until a member lets them in.</p>
<select id="team" name="team" aria-describedby="team-hint"><option value="">None yet</option>{{#TEAMS}}<option value="{{team_id}}"{{#SELECTED}} selected{{/SELECTED}}>{{agency}}: {{team}}</option>{{/TEAMS}}</select>
</div>
<div class="buttons"><button>Make the link</button></div>
</form>
{{<staff/foot}}
