{{<staff/head}}
<p class="step">Step 2 of 3</p>
<h1>Set up your second factor</h1>
<ol class="steps">
<li>Open your authenticator app and add an account.</li>
<li>Point the phone at this picture{{#PICTURE}}:
<div class="qr">{{qr:none}}</div>{{/PICTURE}}
or type this key into the app: <code class="secret">{{secret}}</code> (account {{email}}, time-based).</li>
<li>Type the six digits that the app shows.</li>
</ol>
<form method="post" class="narrow">
<input type="hidden" name="form_token" value="{{form_token}}">
<input type="hidden" name="sealed" value="{{sealed}}">
<div class="field{{#CODE_FAULT}} wrong{{/CODE_FAULT}}">
<label for="code">Code</label>
{{#CODE_FAULT}}<p class="error" id="code-error">{{fault}}</p>{{/CODE_FAULT}}
<input id="code" name="code" class="code" type="text" inputmode="numeric" autocomplete="one-time-code" spellcheck="false"{{#CODE_FAULT}} aria-describedby="code-error" aria-invalid="true"{{/CODE_FAULT}}>
</div>
<div class="buttons"><button>Finish</button></div>
</form>
{{<staff/foot}}
