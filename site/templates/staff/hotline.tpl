{{<staff/head}}
<h1>Report of a caller</h1>
<div class="note"><p>If it stops being safe: <a href="tel:{{emergency_tel}}">{{emergency_number}}</a>. Nothing is stored before you press Send. Every question may be skipped but one. The caller need not give a name.</p></div>
<form method="post" action="/hotline/new" class="narrow" accept-charset="utf-8" autocomplete="off">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="field">
<label for="language">Language of the caller</label>
<p class="hint" id="language-hint">Answers should be written in it.</p>
<select id="language" name="language" aria-describedby="language-hint">{{#LANGUAGES}}<option value="{{code}}"{{#SELECTED}} selected{{/SELECTED}}>{{language}}</option>{{/LANGUAGES}}</select>
</div>
<fieldset>
<legend>Is someone in danger now?</legend>
<div class="choice"><input type="radio" name="danger" id="danger-yes" value="yes"{{#DANGER_YES}} checked{{/DANGER_YES}}><label for="danger-yes">Yes</label></div>
<div class="choice"><input type="radio" name="danger" id="danger-no" value="no"{{#DANGER_NO}} checked{{/DANGER_NO}}><label for="danger-no">No</label></div>
<div class="choice"><input type="radio" name="danger" id="danger-unsure" value="unsure"{{#DANGER_UNSURE}} checked{{/DANGER_UNSURE}}><label for="danger-unsure">Does not know</label></div>
</fieldset>
<fieldset>
<legend>Is anyone under {{age_of_majority}} part of this?</legend>
<div class="choice"><input type="radio" name="child" id="child-yes" value="yes"{{#CHILD_YES}} checked{{/CHILD_YES}}><label for="child-yes">Yes</label></div>
<div class="choice"><input type="radio" name="child" id="child-no" value="no"{{#CHILD_NO}} checked{{/CHILD_NO}}><label for="child-no">No</label></div>
<div class="choice"><input type="radio" name="child" id="child-unsure" value="unsure"{{#CHILD_UNSURE}} checked{{/CHILD_UNSURE}}><label for="child-unsure">Does not know</label></div>
</fieldset>
<fieldset>
<legend>Who is this about?</legend>
<div class="choice"><input type="radio" name="who" id="who-me" value="me"{{#WHO_ME}} checked{{/WHO_ME}}><label for="who-me">The caller</label></div>
<div class="choice"><input type="radio" name="who" id="who-someone" value="someone"{{#WHO_SOMEONE}} checked{{/WHO_SOMEONE}}><label for="who-someone">Someone the caller knows</label></div>
<div class="choice"><input type="radio" name="who" id="who-saw" value="saw"{{#WHO_SAW}} checked{{/WHO_SAW}}><label for="who-saw">Something the caller saw or heard</label></div>
</fieldset>
<div class="field{{#WHAT_FAULT}} wrong{{/WHAT_FAULT}}">
<label for="what">What is happening?</label>
<p class="hint" id="what-hint">In the caller’s own words, as far as you can. This is the one question that must be answered.</p>
{{#WHAT_FAULT}}<p class="error" id="what-error">{{fault}}</p>{{/WHAT_FAULT}}
<textarea id="what" name="what" rows="8" dir="auto" aria-describedby="what-hint{{#WHAT_FAULT}} what-error{{/WHAT_FAULT}}"{{#WHAT_FAULT}} aria-invalid="true"{{/WHAT_FAULT}}>
{{what}}</textarea>
</div>
<div class="field{{#PLACE_FAULT}} wrong{{/PLACE_FAULT}}">
<label for="place">Where does it happen?</label>
<p class="hint" id="place-hint">A town, a street, a farm, a ship, a website, or how to get there.</p>
{{#PLACE_FAULT}}<p class="error" id="place-error">{{fault}}</p>{{/PLACE_FAULT}}
<textarea id="place" name="place" rows="2" dir="auto" aria-describedby="place-hint{{#PLACE_FAULT}} place-error{{/PLACE_FAULT}}"{{#PLACE_FAULT}} aria-invalid="true"{{/PLACE_FAULT}}>
{{place}}</textarea>
</div>
<div class="field{{#WHEN_FAULT}} wrong{{/WHEN_FAULT}}">
<label for="when">When does it happen?</label>
<p class="hint" id="when-hint">For example: since last year, every night, or on 3 May.</p>
{{#WHEN_FAULT}}<p class="error" id="when-error">{{fault}}</p>{{/WHEN_FAULT}}
<textarea id="when" name="when" rows="2" dir="auto" aria-describedby="when-hint{{#WHEN_FAULT}} when-error{{/WHEN_FAULT}}"{{#WHEN_FAULT}} aria-invalid="true"{{/WHEN_FAULT}}>
{{when}}</textarea>
</div>
<h2>Who and what is part of it?</h2>
<p class="hint">One on each line.</p>
<div class="field{{#PEOPLE_FAULT}} wrong{{/PEOPLE_FAULT}}">
<label for="people">People</label>
<p class="hint" id="people-hint">Names, nicknames, or what they look like.</p>
{{#PEOPLE_FAULT}}<p class="error" id="people-error">{{fault}}</p>{{/PEOPLE_FAULT}}
<textarea id="people" name="people" rows="2" dir="auto" aria-describedby="people-hint{{#PEOPLE_FAULT}} people-error{{/PEOPLE_FAULT}}"{{#PEOPLE_FAULT}} aria-invalid="true"{{/PEOPLE_FAULT}}>
{{people}}</textarea>
</div>
<div class="field{{#PHONES_FAULT}} wrong{{/PHONES_FAULT}}">
<label for="phones">Phone numbers</label>
<p class="hint" id="phones-hint">Numbers that these people use.</p>
{{#PHONES_FAULT}}<p class="error" id="phones-error">{{fault}}</p>{{/PHONES_FAULT}}
<textarea id="phones" name="phones" rows="2" dir="auto" aria-describedby="phones-hint{{#PHONES_FAULT}} phones-error{{/PHONES_FAULT}}"{{#PHONES_FAULT}} aria-invalid="true"{{/PHONES_FAULT}}>
{{phones}}</textarea>
</div>
<div class="field{{#BUSINESSES_FAULT}} wrong{{/BUSINESSES_FAULT}}">
<label for="businesses">Businesses</label>
<p class="hint" id="businesses-hint">Companies, shops, farms, ships or agents.</p>
{{#BUSINESSES_FAULT}}<p class="error" id="businesses-error">{{fault}}</p>{{/BUSINESSES_FAULT}}
<textarea id="businesses" name="businesses" rows="2" dir="auto" aria-describedby="businesses-hint{{#BUSINESSES_FAULT}} businesses-error{{/BUSINESSES_FAULT}}"{{#BUSINESSES_FAULT}} aria-invalid="true"{{/BUSINESSES_FAULT}}>
{{businesses}}</textarea>
</div>
<div class="field{{#VEHICLES_FAULT}} wrong{{/VEHICLES_FAULT}}">
<label for="vehicles">Vehicles</label>
<p class="hint" id="vehicles-hint">Number plate, colour, kind of car, or ship.</p>
{{#VEHICLES_FAULT}}<p class="error" id="vehicles-error">{{fault}}</p>{{/VEHICLES_FAULT}}
<textarea id="vehicles" name="vehicles" rows="2" dir="auto" aria-describedby="vehicles-hint{{#VEHICLES_FAULT}} vehicles-error{{/VEHICLES_FAULT}}"{{#VEHICLES_FAULT}} aria-invalid="true"{{/VEHICLES_FAULT}}>
{{vehicles}}</textarea>
</div>
<div class="field{{#ACCOUNTS_FAULT}} wrong{{/ACCOUNTS_FAULT}}">
<label for="accounts">Online accounts</label>
<p class="hint" id="accounts-hint">Names or links on apps and websites.</p>
{{#ACCOUNTS_FAULT}}<p class="error" id="accounts-error">{{fault}}</p>{{/ACCOUNTS_FAULT}}
<textarea id="accounts" name="accounts" rows="2" dir="auto" aria-describedby="accounts-hint{{#ACCOUNTS_FAULT}} accounts-error{{/ACCOUNTS_FAULT}}"{{#ACCOUNTS_FAULT}} aria-invalid="true"{{/ACCOUNTS_FAULT}}>
{{accounts}}</textarea>
</div>
<h2>Contact</h2>
<fieldset>
<legend>May we contact the caller?</legend>
<div class="choice"><input type="radio" name="contact" id="contact-no" value="no"{{#CONTACT_NO}} checked{{/CONTACT_NO}}><label for="contact-no">No, only through the website</label></div>
<div class="choice"><input type="radio" name="contact" id="contact-yes" value="yes"{{#CONTACT_YES}} checked{{/CONTACT_YES}}><label for="contact-yes">Yes</label></div>
</fieldset>
<div class="field{{#CONTACT_HOW_FAULT}} wrong{{/CONTACT_HOW_FAULT}}">
<label for="contact_how">How can we reach them?</label>
<p class="hint" id="contact_how-hint">A phone number, an e-mail address or an app that nobody else sees.</p>
{{#CONTACT_HOW_FAULT}}<p class="error" id="contact_how-error">{{fault}}</p>{{/CONTACT_HOW_FAULT}}
<textarea id="contact_how" name="contact_how" rows="2" dir="auto" aria-describedby="contact_how-hint{{#CONTACT_HOW_FAULT}} contact_how-error{{/CONTACT_HOW_FAULT}}"{{#CONTACT_HOW_FAULT}} aria-invalid="true"{{/CONTACT_HOW_FAULT}}>
{{contact_how}}</textarea>
</div>
<div class="field{{#CONTACT_SAFE_FAULT}} wrong{{/CONTACT_SAFE_FAULT}}">
<label for="contact_safe">When is it safe, and what may we say?</label>
<p class="hint" id="contact_safe-hint">For example: after 6 in the evening; say you are from the dentist.</p>
{{#CONTACT_SAFE_FAULT}}<p class="error" id="contact_safe-error">{{fault}}</p>{{/CONTACT_SAFE_FAULT}}
<textarea id="contact_safe" name="contact_safe" rows="2" dir="auto" aria-describedby="contact_safe-hint{{#CONTACT_SAFE_FAULT}} contact_safe-error{{/CONTACT_SAFE_FAULT}}"{{#CONTACT_SAFE_FAULT}} aria-invalid="true"{{/CONTACT_SAFE_FAULT}}>
{{contact_safe}}</textarea>
</div>
<div class="buttons"><button>Send</button> <a class="button second" href="/">Do not send</a></div>
</form>
{{<staff/foot}}
