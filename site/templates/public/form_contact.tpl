{{<public/head}}
{{<public/form_top}}
{{<public/form_open}}
<h1>[[May we contact you?]]</h1>
<p class="hint">[[You do not have to. You can always read our answer here with your number.]]</p>
<p>[[A report without a name is read like any other. But some kinds of help are given only to a person by name.]] [[You can tell us your name later, or never.]]</p>
<fieldset>
<legend>[[May we contact you in another way?]]</legend>
<div class="choice"><input type="radio" name="contact" id="contact" value="no"{{#CONTACT_NO}} checked{{/CONTACT_NO}}><label for="contact">[[No, only here]]</label></div>
<div class="choice"><input type="radio" name="contact" id="contact-yes" value="yes"{{#CONTACT_YES}} checked{{/CONTACT_YES}}><label for="contact-yes">[[Yes]]</label></div>
</fieldset>
<div class="field{{#CONTACT_HOW_ERROR}} bad{{/CONTACT_HOW_ERROR}}">
<label for="contact_how">[[How can we reach you?]]</label>
<p class="hint" id="contact_how-hint">[[A phone number, an e-mail address or an app. Only if nobody else can see it.]]</p>
{{#CONTACT_HOW_ERROR}}<p class="error" id="contact_how-error">{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}{{#TOO_LONG_TOGETHER}}[[Your answers together are too long. Please make this one shorter. You can send the rest later with your number.]]{{/TOO_LONG_TOGETHER}}</p>{{/CONTACT_HOW_ERROR}}
<textarea id="contact_how" name="contact_how" rows="2" dir="auto" aria-describedby="contact_how-hint{{#CONTACT_HOW_ERROR}} contact_how-error{{/CONTACT_HOW_ERROR}}"{{#CONTACT_HOW_ERROR}} aria-invalid="true"{{/CONTACT_HOW_ERROR}}>
{{contact_how}}</textarea>
</div>
<div class="field{{#CONTACT_SAFE_ERROR}} bad{{/CONTACT_SAFE_ERROR}}">
<label for="contact_safe">[[When is it safe, and what may we say?]]</label>
<p class="hint" id="contact_safe-hint">[[For example: after 6 in the evening, send a text, say you are from the dentist.]]</p>
{{#CONTACT_SAFE_ERROR}}<p class="error" id="contact_safe-error">{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}{{#TOO_LONG_TOGETHER}}[[Your answers together are too long. Please make this one shorter. You can send the rest later with your number.]]{{/TOO_LONG_TOGETHER}}</p>{{/CONTACT_SAFE_ERROR}}
<textarea id="contact_safe" name="contact_safe" rows="2" dir="auto" aria-describedby="contact_safe-hint{{#CONTACT_SAFE_ERROR}} contact_safe-error{{/CONTACT_SAFE_ERROR}}"{{#CONTACT_SAFE_ERROR}} aria-invalid="true"{{/CONTACT_SAFE_ERROR}}>
{{contact_safe}}</textarea>
</div>
{{<public/form_buttons}}
{{<public/emergency}}
{{<public/form_languages}}
</form>
{{<public/foot}}
