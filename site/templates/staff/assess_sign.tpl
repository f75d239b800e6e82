<fieldset class="sign" id="sign-{{key}}">
<legend>{{label}}{{#STRENGTH}} <span class="hint">({{strength}})</span>{{/STRENGTH}}{{#LEAD}} <span class="hint">(a lead only, never a reason)</span>{{/LEAD}}{{#UNVERIFIED}} <span class="tag">not verified</span>{{/UNVERIFIED}}</legend>
<div class="picks">{{#ANSWERS}}<span class="pick"><input type="radio" id="{{answer}}-{{key}}" name="answer:{{indicator}}" value="{{answer}}"{{#CHECKED}} checked{{/CHECKED}}><label for="{{answer}}-{{key}}">{{words}}</label></span>
{{/ANSWERS}}</div>
<details><summary>What it rests on{{#IN_SENTENCE}}: sentence {{in_sentence}}{{/IN_SENTENCE}}<span class="vh"> ({{label}})</span></summary>
<div class="pair"><div><label for="basis-{{key}}">Basis</label>
<select id="basis-{{key}}" name="basis:{{indicator}}"><option value="">As chosen above</option>{{#BASES}}<option value="{{basis}}"{{#SELECTED}} selected{{/SELECTED}}>{{words}}</option>{{/BASES}}</select></div>
<div><label for="sentence-{{key}}">Sentence</label>
<input id="sentence-{{key}}" name="sentence:{{indicator}}" inputmode="numeric" maxlength="4" value="{{sentence}}"></div></div>
</details>
</fieldset>
