{{<public/head}}
{{<public/form_top}}
{{<public/form_open}}
<div class="field{{#WHAT_ERROR}} bad{{/WHAT_ERROR}}">
<h1><label for="what">[[What is happening?]]</label></h1>
<p class="hint" id="what-hint">[[Write in any language, in your own words. It does not have to be in order.]] [[This is the only question that needs an answer.]]</p>
{{#WHAT_ERROR}}<p class="error" id="what-error">{{#EMPTY}}[[Write what is happening. A few words are enough.]]{{/EMPTY}}{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}{{#TOO_LONG_TOGETHER}}[[Your answers together are too long. Please make this one shorter. You can send the rest later with your number.]]{{/TOO_LONG_TOGETHER}}</p>{{/WHAT_ERROR}}
<textarea id="what" name="what" rows="10" dir="auto" aria-describedby="what-hint{{#WHAT_ERROR}} what-error{{/WHAT_ERROR}}"{{#WHAT_ERROR}} aria-invalid="true"{{/WHAT_ERROR}}>
{{what}}</textarea>
</div>
{{<public/form_buttons}}
{{<public/emergency}}
{{<public/form_languages}}
</form>
{{<public/foot}}
