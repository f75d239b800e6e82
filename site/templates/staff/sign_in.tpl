{{<staff/head}}
<h1>Sign in</h1>
<form method="post" action="/sign-in" class="narrow">
<input type="hidden" name="form_token" value="{{form_token}}">
<input type="hidden" name="leads_to" value="{{leads_to}}">
{{#FIELDS}}<input type="hidden" name="{{name}}" value="{{value}}">
{{/FIELDS}}
{{#SOMETHING_KEPT}}<div class="note"><p>What you typed is kept on this page. Do not close it.</p></div>{{/SOMETHING_KEPT}}
<div class="field{{#EMAIL_FAULT}} wrong{{/EMAIL_FAULT}}">
<label for="email">E-mail address</label>
{{#EMAIL_FAULT}}<p class="error" id="email-error">{{fault}}</p>{{/EMAIL_FAULT}}
<input id="email" name="email" type="email" value="{{email}}" autocomplete="username" spellcheck="false" required{{#EMAIL_FAULT}} aria-describedby="email-error" aria-invalid="true"{{/EMAIL_FAULT}}>
</div>
<div class="field">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
</div>
<div class="field">
<label for="code">Code</label>
<p class="hint" id="code-hint">The six digits that your app shows now, or one of your recovery codes. Each code works once.</p>
<input id="code" name="code" class="code" type="text" inputmode="numeric" autocomplete="one-time-code" spellcheck="false" required aria-describedby="code-hint">
</div>
<div class="buttons"><button>Sign in</button></div>
</form>
<p class="hint">Lost your phone and your recovery codes? Ask an administrator.</p>
{{<staff/foot}}
