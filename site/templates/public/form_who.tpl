{{<public/head}}
{{<public/form_top}}
{{<public/form_open}}
<fieldset>
<legend><h1>[[Who is this about?]]</h1></legend>
<p class="hint">[[You do not have to give your name.]] [[Nothing is stored before you press Send.]]</p>
<div class="choice"><input type="radio" name="who" id="who" value="me"{{#WHO_ME}} checked{{/WHO_ME}}><label for="who">[[Me]]</label></div>
<div class="choice"><input type="radio" name="who" id="who-someone" value="someone"{{#WHO_SOMEONE}} checked{{/WHO_SOMEONE}}><label for="who-someone">[[Someone I know]]</label></div>
<div class="choice"><input type="radio" name="who" id="who-saw" value="saw"{{#WHO_SAW}} checked{{/WHO_SAW}}><label for="who-saw">[[Something I saw or heard]]</label></div>
</fieldset>
{{<public/form_buttons}}
{{<public/emergency}}
{{<public/form_languages}}
</form>
{{<public/foot}}
