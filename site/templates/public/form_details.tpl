{{<public/head}}
{{<public/form_top}}
{{<public/form_open}}
<h1>[[Who and what is part of it?]]</h1>
<p class="hint">[[Write one on each line. Leave empty what you do not know.]]</p>
<div class="field{{#PEOPLE_ERROR}} bad{{/PEOPLE_ERROR}}">
<label for="people">[[People]]</label>
<p class="hint" id="people-hint">[[Names, nicknames, or what they look like.]]</p>
{{#PEOPLE_ERROR}}<p class="error" id="people-error">{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}{{#TOO_LONG_TOGETHER}}[[Your answers together are too long. Please make this one shorter. You can send the rest later with your number.]]{{/TOO_LONG_TOGETHER}}</p>{{/PEOPLE_ERROR}}
<textarea id="people" name="people" rows="3" dir="auto" aria-describedby="people-hint{{#PEOPLE_ERROR}} people-error{{/PEOPLE_ERROR}}"{{#PEOPLE_ERROR}} aria-invalid="true"{{/PEOPLE_ERROR}}>
{{people}}</textarea>
</div>
<div class="field{{#PHONES_ERROR}} bad{{/PHONES_ERROR}}">
<label for="phones">[[Phone numbers]]</label>
<p class="hint" id="phones-hint">[[Numbers that these people use.]]</p>
{{#PHONES_ERROR}}<p class="error" id="phones-error">{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}{{#TOO_LONG_TOGETHER}}[[Your answers together are too long. Please make this one shorter. You can send the rest later with your number.]]{{/TOO_LONG_TOGETHER}}</p>{{/PHONES_ERROR}}
<textarea id="phones" name="phones" rows="2" dir="auto" aria-describedby="phones-hint{{#PHONES_ERROR}} phones-error{{/PHONES_ERROR}}"{{#PHONES_ERROR}} aria-invalid="true"{{/PHONES_ERROR}}>
{{phones}}</textarea>
</div>
<div class="field{{#BUSINESSES_ERROR}} bad{{/BUSINESSES_ERROR}}">
<label for="businesses">[[Businesses]]</label>
<p class="hint" id="businesses-hint">[[Names of companies, shops, farms, ships or agents.]]</p>
{{#BUSINESSES_ERROR}}<p class="error" id="businesses-error">{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}{{#TOO_LONG_TOGETHER}}[[Your answers together are too long. Please make this one shorter. You can send the rest later with your number.]]{{/TOO_LONG_TOGETHER}}</p>{{/BUSINESSES_ERROR}}
<textarea id="businesses" name="businesses" rows="2" dir="auto" aria-describedby="businesses-hint{{#BUSINESSES_ERROR}} businesses-error{{/BUSINESSES_ERROR}}"{{#BUSINESSES_ERROR}} aria-invalid="true"{{/BUSINESSES_ERROR}}>
{{businesses}}</textarea>
</div>
<div class="field{{#VEHICLES_ERROR}} bad{{/VEHICLES_ERROR}}">
<label for="vehicles">[[Vehicles]]</label>
<p class="hint" id="vehicles-hint">[[Number plate, colour, kind of car, or ship.]]</p>
{{#VEHICLES_ERROR}}<p class="error" id="vehicles-error">{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}{{#TOO_LONG_TOGETHER}}[[Your answers together are too long. Please make this one shorter. You can send the rest later with your number.]]{{/TOO_LONG_TOGETHER}}</p>{{/VEHICLES_ERROR}}
<textarea id="vehicles" name="vehicles" rows="2" dir="auto" aria-describedby="vehicles-hint{{#VEHICLES_ERROR}} vehicles-error{{/VEHICLES_ERROR}}"{{#VEHICLES_ERROR}} aria-invalid="true"{{/VEHICLES_ERROR}}>
{{vehicles}}</textarea>
</div>
<div class="field{{#ACCOUNTS_ERROR}} bad{{/ACCOUNTS_ERROR}}">
<label for="accounts">[[Online accounts]]</label>
<p class="hint" id="accounts-hint">[[Names or links on apps and websites.]]</p>
{{#ACCOUNTS_ERROR}}<p class="error" id="accounts-error">{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}{{#TOO_LONG_TOGETHER}}[[Your answers together are too long. Please make this one shorter. You can send the rest later with your number.]]{{/TOO_LONG_TOGETHER}}</p>{{/ACCOUNTS_ERROR}}
<textarea id="accounts" name="accounts" rows="2" dir="auto" aria-describedby="accounts-hint{{#ACCOUNTS_ERROR}} accounts-error{{/ACCOUNTS_ERROR}}"{{#ACCOUNTS_ERROR}} aria-invalid="true"{{/ACCOUNTS_ERROR}}>
{{accounts}}</textarea>
</div>
{{<public/form_buttons}}
{{<public/emergency}}
{{<public/form_languages}}
</form>
{{<public/foot}}
