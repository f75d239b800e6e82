<fieldset id="language" class="languages">
<legend>[[Language]]</legend>
<p class="hint">[[What you typed is kept when you change the language.]]</p>
{{#LANGUAGES}}<button class="quiet" name="go" value="lang-{{code}}" formaction="{{form_action}}" formenctype="application/x-www-form-urlencoded" lang="{{code}}" dir="{{direction}}"{{#CURRENT}} aria-current="true"{{/CURRENT}}>{{own_name}}</button>
{{/LANGUAGES}}
</fieldset>
