{{<staff/head}}
<h1>Your account</h1>
<h2>Change your password</h2>
<p>You stay signed in here and are signed out everywhere else. Your recovery codes stay good.</p>
<form method="post" action="/account/password" class="narrow">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="field{{#OLD_PASSWORD_FAULT}} wrong{{/OLD_PASSWORD_FAULT}}">
<label for="old_password">Password now</label>
{{#OLD_PASSWORD_FAULT}}<p class="error" id="old_password-error">{{fault}}</p>{{/OLD_PASSWORD_FAULT}}
<input id="old_password" name="old_password" type="password" autocomplete="current-password"{{#OLD_PASSWORD_FAULT}} aria-describedby="old_password-error" aria-invalid="true"{{/OLD_PASSWORD_FAULT}}>
</div>
<div class="field{{#NEW_PASSWORD_FAULT}} wrong{{/NEW_PASSWORD_FAULT}}">
<label for="new_password">New password</label>
<p class="hint" id="new_password-hint">At least {{password_chars_min}} characters.</p>
{{#NEW_PASSWORD_FAULT}}<p class="error" id="new_password-error">{{fault}}</p>{{/NEW_PASSWORD_FAULT}}
<input id="new_password" name="new_password" type="password" autocomplete="new-password" aria-describedby="new_password-hint{{#NEW_PASSWORD_FAULT}} new_password-error{{/NEW_PASSWORD_FAULT}}"{{#NEW_PASSWORD_FAULT}} aria-invalid="true"{{/NEW_PASSWORD_FAULT}}>
</div>
<div class="field{{#NEW_PASSWORD_AGAIN_FAULT}} wrong{{/NEW_PASSWORD_AGAIN_FAULT}}">
<label for="new_password_again">New password once more</label>
{{#NEW_PASSWORD_AGAIN_FAULT}}<p class="error" id="new_password_again-error">{{fault}}</p>{{/NEW_PASSWORD_AGAIN_FAULT}}
<input id="new_password_again" name="new_password_again" type="password" autocomplete="new-password"{{#NEW_PASSWORD_AGAIN_FAULT}} aria-describedby="new_password_again-error" aria-invalid="true"{{/NEW_PASSWORD_AGAIN_FAULT}}>
</div>
<div class="buttons"><button>Change the password</button></div>
</form>
<h2>New recovery codes</h2>
<p>If you used several of them, or somebody may have seen them. The old ones are good no longer.</p>
<form method="post" action="/account/recovery-codes" class="narrow">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="field{{#PASSWORD_FAULT}} wrong{{/PASSWORD_FAULT}}">
<label for="password">Your password</label>
{{#PASSWORD_FAULT}}<p class="error" id="password-error">{{fault}}</p>{{/PASSWORD_FAULT}}
<input id="password" name="password" type="password" autocomplete="current-password"{{#PASSWORD_FAULT}} aria-describedby="password-error" aria-invalid="true"{{/PASSWORD_FAULT}}>
</div>
<div class="buttons"><button class="second">Make new codes</button></div>
</form>
<h2>Sign out everywhere</h2>
<p>If you left yourself signed in somewhere, or a device was lost.</p>
<form method="post" action="/account/sign-out-everywhere">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="buttons"><button class="second">Sign out everywhere</button></div>
</form>
{{<staff/foot}}
