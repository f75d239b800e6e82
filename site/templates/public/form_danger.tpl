{{<public/head}}
{{<public/form_top}}
{{<public/form_open}}
<h1>[[Is anyone in danger?]]</h1>
{{<public/emergency}}
<p>[[We may not read your report at once. If someone is in danger now, please call.]]</p>
<fieldset>
<legend>[[Is someone in danger now?]]</legend>
<div class="choice"><input type="radio" name="danger" id="danger" value="yes"{{#DANGER_YES}} checked{{/DANGER_YES}}><label for="danger">[[Yes]]</label></div>
<div class="choice"><input type="radio" name="danger" id="danger-no" value="no"{{#DANGER_NO}} checked{{/DANGER_NO}}><label for="danger-no">[[No]]</label></div>
<div class="choice"><input type="radio" name="danger" id="danger-unsure" value="unsure"{{#DANGER_UNSURE}} checked{{/DANGER_UNSURE}}><label for="danger-unsure">[[I do not know]]</label></div>
</fieldset>
<fieldset>
<legend>[[Is anyone under 18 part of this?]]</legend>
<div class="choice"><input type="radio" name="child" id="child" value="yes"{{#CHILD_YES}} checked{{/CHILD_YES}}><label for="child">[[Yes]]</label></div>
<div class="choice"><input type="radio" name="child" id="child-no" value="no"{{#CHILD_NO}} checked{{/CHILD_NO}}><label for="child-no">[[No]]</label></div>
<div class="choice"><input type="radio" name="child" id="child-unsure" value="unsure"{{#CHILD_UNSURE}} checked{{/CHILD_UNSURE}}><label for="child-unsure">[[I do not know]]</label></div>
</fieldset>
{{<public/form_buttons}}
{{<public/form_languages}}
</form>
{{<public/foot}}
