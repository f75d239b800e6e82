{{<public/head}}
{{<public/form_top}}
{{<public/form_open}}
<h1>[[Where and when?]]</h1>
<p class="hint">[[Write what you know. A guess is fine.]]</p>
<div class="field{{#PLACE_ERROR}} bad{{/PLACE_ERROR}}">
<label for="place">[[Where does it happen?]]</label>
<p class="hint" id="place-hint">[[A town, a street, a farm, a ship, a website, or how to get there.]]</p>
{{#PLACE_ERROR}}<p class="error" id="place-error">{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}{{#TOO_LONG_TOGETHER}}[[Your answers together are too long. Please make this one shorter. You can send the rest later with your number.]]{{/TOO_LONG_TOGETHER}}</p>{{/PLACE_ERROR}}
<textarea id="place" name="place" rows="3" dir="auto" aria-describedby="place-hint{{#PLACE_ERROR}} place-error{{/PLACE_ERROR}}"{{#PLACE_ERROR}} aria-invalid="true"{{/PLACE_ERROR}}>
{{place}}</textarea>
</div>
<div class="field{{#WHEN_ERROR}} bad{{/WHEN_ERROR}}">
<label for="when">[[When does it happen?]]</label>
<p class="hint" id="when-hint">[[For example: since last year, every night, or on 3 May.]]</p>
{{#WHEN_ERROR}}<p class="error" id="when-error">{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}{{#TOO_LONG_TOGETHER}}[[Your answers together are too long. Please make this one shorter. You can send the rest later with your number.]]{{/TOO_LONG_TOGETHER}}</p>{{/WHEN_ERROR}}
<textarea id="when" name="when" rows="2" dir="auto" aria-describedby="when-hint{{#WHEN_ERROR}} when-error{{/WHEN_ERROR}}"{{#WHEN_ERROR}} aria-invalid="true"{{/WHEN_ERROR}}>
{{when}}</textarea>
</div>
{{<public/form_buttons}}
{{<public/emergency}}
{{<public/form_languages}}
</form>
{{<public/foot}}
