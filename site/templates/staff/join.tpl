{{<staff/head}}
<p class="step">Step 1 of 3</p>
<h1>Join Tideline</h1>
<p>You need a phone with an authenticator app. Any app that shows six-digit codes will do.</p>
<form method="post" class="narrow" accept-charset="utf-8">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="field{{#NAME_FAULT}} wrong{{/NAME_FAULT}}">
<label for="name">Your name</label>
<p class="hint" id="name-hint">Colleagues see it. Reporters never do.</p>
{{#NAME_FAULT}}<p class="error" id="name-error">{{fault}}</p>{{/NAME_FAULT}}
<input id="name" name="name" type="text" value="{{name}}" autocomplete="name" dir="auto" aria-describedby="name-hint{{#NAME_FAULT}} name-error{{/NAME_FAULT}}"{{#NAME_FAULT}} aria-invalid="true"{{/NAME_FAULT}}>
</div>
<div class="field{{#EMAIL_FAULT}} wrong{{/EMAIL_FAULT}}">
<label for="email">E-mail address</label>
<p class="hint" id="email-hint">You sign in with it. We write to it when something waits, never what it is.</p>
{{#EMAIL_FAULT}}<p class="error" id="email-error">{{fault}}</p>{{/EMAIL_FAULT}}
<input id="email" name="email" type="email" value="{{email}}" autocomplete="username" spellcheck="false" aria-describedby="email-hint{{#EMAIL_FAULT}} email-error{{/EMAIL_FAULT}}"{{#EMAIL_FAULT}} aria-invalid="true"{{/EMAIL_FAULT}}>
</div>
<div class="field{{#PASSWORD_FAULT}} wrong{{/PASSWORD_FAULT}}">
<label for="password">Password</label>
<p class="hint" id="password-hint">At least {{password_chars_min}} characters. Three or four words that do not belong together are easy to remember. Nobody can reset it for you.</p>
{{#PASSWORD_FAULT}}<p class="error" id="password-error">{{fault}}</p>{{/PASSWORD_FAULT}}
<input id="password" name="password" type="password" autocomplete="new-password" aria-describedby="password-hint{{#PASSWORD_FAULT}} password-error{{/PASSWORD_FAULT}}"{{#PASSWORD_FAULT}} aria-invalid="true"{{/PASSWORD_FAULT}}>
</div>
<div class="field{{#PASSWORD_AGAIN_FAULT}} wrong{{/PASSWORD_AGAIN_FAULT}}">
<label for="password_again">Password once more</label>
{{#PASSWORD_AGAIN_FAULT}}<p class="error" id="password_again-error">{{fault}}</p>{{/PASSWORD_AGAIN_FAULT}}
<input id="password_again" name="password_again" type="password" autocomplete="new-password"{{#PASSWORD_AGAIN_FAULT}} aria-describedby="password_again-error" aria-invalid="true"{{/PASSWORD_AGAIN_FAULT}}>
</div>
{{#FIRST}}<fieldset>
<legend><h2>Your first team</h2></legend>
<p class="hint">You are the first administrator. Only members of a team can read what it receives, so somebody has to be in one before reports can come in.</p>
<div class="choice"><input type="checkbox" id="reads" name="reads" value="yes"{{#READS}} checked{{/READS}}><label for="reads">Make this team now. I will also read reports in it.</label></div>
<div class="field{{#AGENCY_FAULT}} wrong{{/AGENCY_FAULT}}">
<label for="agency">Agency</label>
{{#AGENCY_FAULT}}<p class="error" id="agency-error">{{fault}}</p>{{/AGENCY_FAULT}}
<input id="agency" name="agency" type="text" value="{{agency}}" autocomplete="organization" dir="auto"{{#AGENCY_FAULT}} aria-describedby="agency-error" aria-invalid="true"{{/AGENCY_FAULT}}>
</div>
<div class="field{{#TEAM_FAULT}} wrong{{/TEAM_FAULT}}">
<label for="team">Name of the team</label>
{{#TEAM_FAULT}}<p class="error" id="team-error">{{fault}}</p>{{/TEAM_FAULT}}
<input id="team" name="team" type="text" value="{{team}}" autocomplete="off" dir="auto"{{#TEAM_FAULT}} aria-describedby="team-error" aria-invalid="true"{{/TEAM_FAULT}}>
</div>
</fieldset>{{/FIRST}}
<div class="buttons"><button>Next</button></div>
</form>
{{<staff/foot}}
