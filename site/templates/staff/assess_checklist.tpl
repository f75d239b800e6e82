{{<staff/head}}
<h1>{{title}}</h1>
<p class="about">{{profile_words}} · edition <strong>{{edition}}</strong></p>
<form method="get" action="/checklist/{{who}}" class="filter screen-only" aria-label="Which checklist">
<div><label for="list-profile">Whom it concerns</label><select id="list-profile" name="profile">{{#PROFILES}}<option value="{{profile_name}}"{{#SELECTED}} selected{{/SELECTED}}>{{words}}</option>{{/PROFILES}}</select></div>
<button class="second">Show</button>
{{#CHECKLISTS}}<a href="/checklist/{{name}}"{{#SELECTED}} aria-current="page"{{/SELECTED}}>{{words}}</a> {{/CHECKLISTS}}
</form>
<div class="note"><p>Danger first: call <a href="tel:{{emergency_tel}}">{{emergency_number}}</a>. Speak alone and in private. Nobody owes an answer. What is not answered is unknown, never “no”. On paper, write the numbers with yes, no or ?, and the edition.</p></div>
<form method="post" action="/checklist/{{who}}" accept-charset="utf-8" autocomplete="off">
<input type="hidden" name="form_token" value="{{form_token}}"><input type="hidden" name="edition" value="{{edition}}"><input type="hidden" name="profile" value="{{profile}}">
{{#GROUPS}}<h2>{{title}}</h2>
{{#SIGNS}}<fieldset class="sign" id="sign-{{number}}">
<legend><span class="number">{{number}}</span> {{label}}{{#UNVERIFIED}} <span class="tag">not verified</span>{{/UNVERIFIED}}</legend>
<div class="picks"><span class="pick"><input type="radio" id="yes-{{number}}" name="n{{number}}" value="yes"{{#YES}} checked{{/YES}}><label for="yes-{{number}}">Yes</label></span>
<span class="pick"><input type="radio" id="no-{{number}}" name="n{{number}}" value="no"{{#NO}} checked{{/NO}}><label for="no-{{number}}">No</label></span>
<span class="pick"><input type="radio" id="unknown-{{number}}" name="n{{number}}" value="unknown"{{#UNKNOWN}} checked{{/UNKNOWN}}><label for="unknown-{{number}}">?</label></span></div>
</fieldset>
{{/SIGNS}}{{/GROUPS}}
<section class="screen-only" aria-labelledby="send">
<h2 id="send">Make it a report</h2>
<div class="field{{#NUMBERS_FAULT}} wrong{{/NUMBERS_FAULT}}"><label for="numbers">From paper: numbers</label>
<p class="hint" id="numbers-hint">Such as: 3 yes, 7 no, 12 ?</p>
{{#NUMBERS_FAULT}}<p class="error" id="numbers-error">{{fault}}</p>{{/NUMBERS_FAULT}}
<textarea id="numbers" name="numbers" rows="2" aria-describedby="numbers-hint{{#NUMBERS_FAULT}} numbers-error{{/NUMBERS_FAULT}}"{{#NUMBERS_FAULT}} aria-invalid="true"{{/NUMBERS_FAULT}}>
{{numbers}}</textarea></div>
<div class="field{{#WHAT_FAULT}} wrong{{/WHAT_FAULT}}"><label for="what">What did you see or hear?</label>
{{#WHAT_FAULT}}<p class="error" id="what-error">{{fault}}</p>{{/WHAT_FAULT}}
<textarea id="what" name="what" rows="5" dir="auto"{{#WHAT_FAULT}} aria-describedby="what-error" aria-invalid="true"{{/WHAT_FAULT}}>
{{what}}</textarea></div>
<div class="field"><label for="place">Where?</label><textarea id="place" name="place" rows="2" dir="auto">
{{place}}</textarea></div>
<div class="buttons"><button>Send the report</button></div>
</section>
</form>
{{<staff/foot}}
